//! The wizard's phrases that belong to no single step.

use crate::text::Phrase;

pub(super) const TITLE: Phrase = Phrase::new("Setup", "设置");
pub(super) const CHECKLIST: Phrase = Phrase::new("Checklist", "步骤");
pub(super) const STEP_OF: Phrase = Phrase::new("Step {} of 6 · {}", "第 {} 步，共 6 步 · {}");

pub(super) const ACCOUNT: Phrase = Phrase::new("Account", "账户");
pub(super) const CREDITS: Phrase = Phrase::new("Credits", "额度");
pub(super) const KEY: Phrase = Phrase::new("API key", "API 密钥");
pub(super) const ENV: Phrase = Phrase::new(".env file", ".env 文件");
pub(super) const TEST: Phrase = Phrase::new("API test", "API 测试");
pub(super) const LIMITS: Phrase = Phrase::new("Limits", "限额");
pub(super) const SUMMARY: Phrase = Phrase::new("Summary", "总结");

pub(super) const UP: Phrase = Phrase::new("choose above", "选上一项");
pub(super) const CHOOSE: Phrase = Phrase::new("choose", "选择");
pub(super) const CONTINUE: Phrase = Phrase::new("continue", "继续");
pub(super) const BACK: Phrase = Phrase::new("back", "返回");
pub(super) const SKIP: Phrase = Phrase::new("skip", "跳过");
pub(super) const PREVIOUS_STEP: Phrase = Phrase::new("step before", "上一步");
pub(super) const NEXT_STEP: Phrase = Phrase::new("next step", "下一步");
pub(super) const PAGE_UP: Phrase = Phrase::new("text up", "向上翻页");
pub(super) const PAGE_DOWN: Phrase = Phrase::new("text down", "向下翻页");
