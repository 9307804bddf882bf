//! How the tests write a symptom down, and what they expect of it.

use crate::diagnosis::explain;
use crate::domain::clean_text::CleanText;
use crate::domain::ignored_setting::{IgnoredSetting, WhyIgnored};
use crate::domain::leak::{Leak, Standing, Vendor};
use crate::domain::symptom::{Availability, NetworkTrouble, Refusal, Symptom, Whose};

/// A symptom, and the id and exit code it leads to.
pub(super) type Case = (Symptom, &'static str, u8);

pub(super) fn check(cases: &[Case]) {
    for (symptom, id, exit_code) in cases {
        let diagnosis = explain(symptom);
        let found = (diagnosis.id, diagnosis.kind.exit_code());
        assert_eq!(found, (*id, *exit_code), "{symptom:?}");
    }
}

pub(super) fn text(text: &str) -> CleanText {
    CleanText::new(text)
}

pub(super) fn refused(refusal: Refusal) -> Symptom {
    Symptom::Refused(Box::new(refusal))
}

/// An error with nothing but a status and words.
pub(super) fn said(status: u16, message: &str) -> Symptom {
    refused(Refusal {
        status,
        message: text(message),
        ..Refusal::default()
    })
}

pub(super) fn typed(status: u16, error_type: &str) -> Symptom {
    refused(Refusal {
        status,
        error_type: Some(text(error_type)),
        message: text("Provider returned error"),
        ..Refusal::default()
    })
}

pub(super) fn coded(status: u16, code: &str, message: &str) -> Symptom {
    refused(Refusal {
        status,
        code: Some(text(code)),
        message: text(message),
        ..Refusal::default()
    })
}

pub(super) fn limited(status: u16, source: &str, reason: &str, message: &str) -> Symptom {
    let reasons = if reason.is_empty() {
        vec![]
    } else {
        vec![text(reason)]
    };
    refused(Refusal {
        status,
        limit_source: Some(text(source)),
        reasons,
        message: text(message),
        ..Refusal::default()
    })
}

pub(super) fn unavailable(status: u16, code: &str) -> Symptom {
    refused(Refusal {
        status,
        availability: Some(Availability {
            code: text(code),
            ..Availability::default()
        }),
        ..Refusal::default()
    })
}

pub(super) fn network(trouble: NetworkTrouble, detail: &str) -> Symptom {
    Symptom::Network {
        trouble,
        host: text("openrouter.ai"),
        proxy: None,
        detail: text(detail),
        ignored: Vec::new(),
    }
}

pub(super) fn by_proxy(trouble: NetworkTrouble, detail: &str) -> Symptom {
    Symptom::Network {
        trouble,
        host: text("openrouter.ai"),
        proxy: Some(text("http://proxy.corp:3128")),
        detail: text(detail),
        ignored: Vec::new(),
    }
}

pub(super) fn unusable_proxy() -> IgnoredSetting {
    IgnoredSetting {
        variable: "HTTPS_PROXY",
        why: WhyIgnored::NoProxy,
        value: text("htp://proxy.corp:3128"),
    }
}

pub(super) fn page(status: u16, snippet: &str) -> Symptom {
    Symptom::NotJson {
        status,
        is_html: true,
        snippet: text(snippet),
        whose: Whose::OpenRouter,
    }
}

pub(super) fn plain(status: u16, snippet: &str) -> Symptom {
    Symptom::NotJson {
        status,
        is_html: false,
        snippet: text(snippet),
        whose: Whose::OpenRouter,
    }
}

pub(super) fn leaked(standing: Standing, is_env_file: bool) -> Symptom {
    Symptom::Leaked(Box::new(Leak {
        vendor: Vendor::OpenRouter,
        key_masked: "sk-or-v1-dea…eef".into(),
        path: "/home/ada/it's/.env".into(),
        is_env_file,
        line: 3,
        column: 20,
        standing,
    }))
}
