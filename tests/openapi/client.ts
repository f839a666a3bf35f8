// A program with a client that openapi-typescript made from the document: its types hold what it reads, and it asks a server.
import createClient from 'openapi-fetch';
import type { components, paths } from './made/rolecall.js';

declare const process: { argv: string[] };

type Hit = components['schemas']['Hit'];

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

const client = createClient<paths>({ baseUrl: process.argv[2] ?? '' });

const searched = await client.GET('/search', {
  params: { query: { q: 'kubernetes', limit: 3, facets: ['skill', 'level'], skill: ['kubernetes'], sort: 'title' } },
});
check(searched.data !== undefined, 'the search was not answered');
const hits: Hit[] = searched.data?.hits ?? [];
check(hits.length === 3 && hits.every((hit) => hit.title.length > 0 && hit.sections.length > 0), 'there are three hits');
check(searched.data?.facets.skill?.some((value) => value.id === 'kubernetes' && value.selected) === true, 'skills are counted');
check(searched.data?.facets.role === undefined, 'roles are not counted');

const posted = await client.POST('/search', { body: { q: 'kubernetes', skill: 'kubernetes', limit: 3, sort: 'title' } });
check(posted.data?.hits.map((hit) => hit.id).join() === hits.map((hit) => hit.id).join(), 'POST finds the same');

const id = hits[0]?.id ?? '';
const page = await client.GET('/pages/{id}', { params: { path: { id } } });
check(page.data?.sections[0]?.blocks !== undefined, 'the page has blocks');

const others = hits.slice(0, 2).map((hit) => hit.id);
const compared = await client.GET('/compare', { params: { query: { page: others } } });
check(typeof compared.data === 'object' && compared.data.pages.length === 2, 'two pages stand side by side');

const refused = await client.GET('/search', { params: { query: { limit: 101 } } });
check(refused.error?.status === 400 && refused.error.errors[0]?.parameter === 'limit', 'the problem names the parameter');

console.log(`a generated client searched: ${hits.map((hit) => hit.title).join(', ')}`);
