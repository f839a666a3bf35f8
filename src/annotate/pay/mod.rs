//! What a page says is paid: amounts with their currency, period, statistic and scope, who pays, where, when and whom.

mod amounts;
mod currencies;
mod lexer;
mod numbers;
mod owner;
mod places;
mod wording;
mod phrases;
