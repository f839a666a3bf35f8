//! What a client sends, as a message of the protocol or as what is wrong with it.

use rmcp::model::{ClientJsonRpcMessage, ErrorData, JsonRpcError, RequestId};
use serde::Deserialize as _;
use serde_json::Value;

/// Reads one message.
///
/// # Errors
/// The answer to what is none: a parse error where it is no JSON, else an invalid request, with its id where it has one.
pub fn read(bytes: &[u8]) -> Result<ClientJsonRpcMessage, Box<JsonRpcError>> {
    serde_json::from_slice(bytes).map_err(|_| Box::new(refusal(bytes)))
}

fn refusal(bytes: &[u8]) -> JsonRpcError {
    let value = match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => value,
        Err(error) => {
            return JsonRpcError::new(
                None,
                ErrorData::parse_error(format!("this is no JSON: {error}"), None),
            );
        }
    };
    let says = match &value {
        Value::Array(_) => "batches are not taken: send one message at a time",
        _ => "this is no message of JSON-RPC 2.0",
    };
    let id = value.get("id").and_then(|id| RequestId::deserialize(id).ok());
    JsonRpcError::new(id, ErrorData::invalid_request(says, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rmcp::model::ErrorCode;

    #[test]
    fn what_is_no_message_is_answered_by_what_is_wrong_with_it() {
        assert!(read(br#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#).is_ok());
        assert!(read(br#"{"jsonrpc":"2.0","id":1,"method":"no/such","params":{"a":1}}"#).is_ok());
        let deep = "[".repeat(100_000);
        for (bytes, code, id) in [
            ("{", ErrorCode::PARSE_ERROR, None),
            ("", ErrorCode::PARSE_ERROR, None),
            ("\u{0}", ErrorCode::PARSE_ERROR, None),
            (deep.as_str(), ErrorCode::PARSE_ERROR, None),
            ("[]", ErrorCode::INVALID_REQUEST, None),
            (r#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, ErrorCode::INVALID_REQUEST, None),
            ("17", ErrorCode::INVALID_REQUEST, None),
            (r#"{"id":7,"method":"ping"}"#, ErrorCode::INVALID_REQUEST, Some(7)),
            (r#"{"jsonrpc":"1.0","id":{},"method":"ping"}"#, ErrorCode::INVALID_REQUEST, None),
        ] {
            let error = read(bytes.as_bytes()).unwrap_err();
            assert_eq!((error.error.code, error.id), (code, id.map(RequestId::Number)), "{bytes:.40}");
        }
        assert_eq!(read(b"\xff\xfe").unwrap_err().error.code, ErrorCode::PARSE_ERROR);
    }
}
