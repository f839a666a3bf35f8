"""A client of another make: the official Python SDK against the real program, over stdio and over HTTP.

Every tool is listed and called; the SDK checks each result against the schema that the tool declares, and jsonschema
the schemas themselves and the arguments that are sent.
"""

import asyncio
import json
import sys

import jsonschema
from mcp import Client
from mcp.client.stdio import StdioServerParameters

TOOLS = ["search", "page", "compare", "gap"]
LONGEST_RESULT = 100_000


async def check(server, mode):
    async with Client(server, mode=mode) as client:
        assert client.server_info.name == "rolecall", client.server_info
        assert "search" in client.instructions
        assert client.server_capabilities.tools is not None
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert list(tools) == TOOLS, list(tools)
        for tool in tools.values():
            for schema in (tool.input_schema, tool.output_schema):
                jsonschema.Draft202012Validator.check_schema(schema)
            assert tool.annotations.read_only_hint and tool.annotations.idempotent_hint, tool
            assert tool.annotations.open_world_hint is False

        async def call(name, **arguments):
            jsonschema.validate(arguments, tools[name].input_schema)
            result = await client.call_tool(name, arguments)
            assert not result.is_error, result.content
            jsonschema.validate(result.structured_content, tools[name].output_schema)
            assert json.loads(result.content[0].text) == result.structured_content
            assert len(result.model_dump_json()) <= LONGEST_RESULT
            return result.structured_content

        async def refused(name, **arguments):
            result = await client.call_tool(name, arguments)
            assert result.is_error, result
            return result.content[0].text

        found = await call("search", q="kubernetes leadership", limit=3, facets=["skill", "level"])
        assert found["hits"][0]["title"] == "Kubernetes Platform Engineer", found
        assert found["generation"] == 1 and found["facets"]["skill"], found
        ids = [hit["id"] for hit in found["hits"]]
        await call("search", pay_min=50_000, currency="USD", sort="pay", experience_max=5, level=["senior", "lead"])
        await call("search", q="nothing says this at all", limit=0)
        every = await call("search", limit=20)
        for hit in every["hits"]:
            page = await call("page", id=hit["id"])
            assert page["title"] and page["sections"], page
        page = await call("page", id=ids[0], section=["requirements"], max_chars=300)
        assert page["cut"] and page["other_sections"], page
        compared = await call("compare", page=ids)
        assert [page["id"] for page in compared["pages"]] == ids
        assert compared["shared_skills"][0]["id"] == "kubernetes", compared["shared_skills"]
        lacking = await call("gap", have=["Python", "k8s"], page=ids[0])
        assert 0 < lacking["roles"][0]["coverage"] < 1, lacking
        closest = await call("gap", have=["Python", "k8s"], limit=3)
        assert len(closest["roles"]) == 3, closest

        assert "limit" in await refused("search", limit=1000)
        assert "unknown field" in await refused("search", colour="red")
        assert "call search" in await refused("page", id="no-such-page")
        assert "2 to 5" in await refused("compare", page=ids[:1])
        assert "have" in await refused("gap")
        return client.protocol_version


async def main(program, index, address):
    stdio = StdioServerParameters(command=program, args=["mcp", "--index", index])
    for name, server in (("stdio", stdio), ("HTTP", address)):
        for mode in ("legacy", "auto"):
            version = await asyncio.wait_for(check(server, mode), timeout=120)
            print(f"{name}, {mode}: protocol {version}: all tools answer as they say")


asyncio.run(main(*sys.argv[1:]))
