//! `GET /ui/gap`: what somebody lacks who has these skills.

use super::address::Address;

/// Where the page is.
const PATH: &str = "/ui/gap";

/// The page of what somebody lacks who has these skills; of one role.
pub(super) fn address(have: &str, page: Option<&str>) -> Address {
    let here = Address::new(PATH);
    let here = if have.is_empty() { here } else { here.with("have", have) };
    page.into_iter().fold(here, |here, page| here.with("page", page))
}
