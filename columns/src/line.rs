//! A program's line, field by field.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The fields as they stand in the line.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line<'l> {
    pub id: String,
    pub source: String,
    #[serde(borrow)]
    pub spans: &'l RawValue,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub objects: Option<&'l RawValue>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub acts: Option<&'l RawValue>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub end: Option<&'l RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub out: Option<String>,
}
