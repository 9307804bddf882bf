//! The parts of a message: texts, pictures, documents; each held to its shape.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::body::{text, wrong};
use super::refusal::Refusal;
use crate::domain::media::MediaKind;

/// What the parts of a message hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// The text; other parts leave a mark in it.
    pub(super) text: String,
    /// Tokens of the other parts.
    pub(super) tokens: u64,
    /// A picture is among them.
    pub(super) has_images: bool,
}

/// Tokens of a picture, whatever its size: about what a tile of it is at most providers.
const IMAGE_TOKENS: u64 = 765;
/// Tokens of a document: a page is some 1,500, and some 50,000 bytes.
const DOCUMENT_TOKENS: u64 = 500;
const BYTES_PER_TOKEN: usize = 33;

/// Pictures that providers take. Source: the documentation's list of formats.
const IMAGES: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/gif"];

impl Parts {
    /// A text.
    pub(super) fn of(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// Reads the parts of the message member `name`.
    pub(super) fn read(name: &str, parts: &[Value]) -> Result<Self, Refusal> {
        let mut read = Self::default();
        for (at, part) in parts.iter().enumerate() {
            read.take(&format!("{name}.{at}"), part)?;
        }
        Ok(read)
    }

    fn take(&mut self, name: &str, part: &Value) -> Result<(), Refusal> {
        let kind = part["type"].as_str().unwrap_or_default();
        match (kind, part["text"].as_str()) {
            ("text", Some(words)) => {
                self.text.push_str(words);
                return Ok(());
            }
            ("image_url", _) => self.image(name, &part["image_url"])?,
            ("file", _) => self.file(name, &part["file"])?,
            ("input_audio" | "input_video" | "video_url", _) => {}
            _ => {
                return Err(Refusal::bad_request(format!(
                    "{name}: Invalid content part"
                )));
            }
        }
        self.text.push_str(&format!("[{kind}]"));
        Ok(())
    }

    fn image(&mut self, name: &str, image: &Value) -> Result<(), Refusal> {
        let name = format!("{name}.image_url");
        if !image.is_object() {
            return Err(wrong(&name, "object", image));
        }
        let Some(url) = text(image, "url")? else {
            return Err(Refusal::bad_request(format!("{name}.url: Required")));
        };
        if !matches!(
            text(image, "detail")?,
            None | Some("auto" | "low" | "high" | "original")
        ) {
            return Err(Refusal::bad_request(format!(
                "{name}.detail: Invalid option"
            )));
        }
        if let Some((mime, bytes)) = data(&name, url)? {
            if !IMAGES.contains(&mime) {
                let words = format!("Unsupported image format: {mime}");
                return Err(Refusal::new(400, words).kind("unsupported_image_format"));
            }
            if MediaKind::of(&bytes).is_none_or(|kind| kind.mime() != mime) {
                let words = format!("The image is no {mime}");
                return Err(Refusal::new(400, words).kind("invalid_image"));
            }
        }
        self.tokens += IMAGE_TOKENS;
        self.has_images = true;
        Ok(())
    }

    fn file(&mut self, name: &str, file: &Value) -> Result<(), Refusal> {
        let name = format!("{name}.file");
        if !file.is_object() {
            return Err(wrong(&name, "object", file));
        }
        text(file, "filename")?;
        let bytes = match (text(file, "file_data")?, text(file, "file_id")?) {
            (Some(url), _) => data(&name, url)?.map_or(0, |(_, bytes)| bytes.len()),
            (None, Some(_)) => 0,
            (None, None) => {
                return Err(Refusal::bad_request(format!("{name}.file_data: Required")));
            }
        };
        self.tokens += DOCUMENT_TOKENS + (bytes / BYTES_PER_TOKEN) as u64;
        Ok(())
    }
}

/// The type and bytes of a `data:` URL; `None` for one of the web, which is not fetched here.
fn data<'a>(name: &str, url: &'a str) -> Result<Option<(&'a str, Vec<u8>)>, Refusal> {
    if url.starts_with("https://") || url.starts_with("http://") {
        return Ok(None);
    }
    let invalid = || {
        let words = format!("{name}: Invalid URL, expected https:// or data:<type>;base64,");
        Refusal::new(400, words).kind("invalid_request")
    };
    let rest = url.strip_prefix("data:").ok_or_else(invalid)?;
    let (mime, encoded) = rest.split_once(";base64,").ok_or_else(invalid)?;
    let bytes = STANDARD.decode(encoded).map_err(|_| invalid())?;
    Ok(Some((mime, bytes)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn complaint(part: Value) -> String {
        let body = Parts::read("content", &[part]).unwrap_err().body();
        body["error"]["message"].as_str().unwrap().to_owned()
    }

    #[test]
    fn what_is_no_part_is_named() {
        for (part, words) in [
            (json!({"type": "poem"}), "content.0: Invalid content part"),
            (json!({"type": "text"}), "content.0: Invalid content part"),
            (
                json!({"type": "image_url", "image_url": "x"}),
                "content.0.image_url: Expected object, received string",
            ),
            (
                json!({"type": "image_url", "image_url": {}}),
                "content.0.image_url.url: Required",
            ),
            (
                json!({"type": "image_url", "image_url": {"url": "data:image/png;base64,%%"}}),
                "content.0.image_url: Invalid URL, expected https:// or data:<type>;base64,",
            ),
            (
                json!({"type": "image_url", "image_url": {"url": "data:image/bmp;base64,Qk0="}}),
                "Unsupported image format: image/bmp",
            ),
            (
                json!({"type": "image_url", "image_url": {"url": "data:image/png;base64,Qk0="}}),
                "The image is no image/png",
            ),
            (
                json!({"type": "file", "file": {"filename": "a.pdf"}}),
                "content.0.file.file_data: Required",
            ),
        ] {
            assert_eq!(complaint(part), words);
        }
    }

    #[test]
    fn pictures_and_documents_take_tokens() {
        let png = STANDARD.encode(b"\x89PNG\r\n\x1a\n");
        let parts = [
            json!({"type": "text", "text": "what is "}),
            json!({"type": "image_url", "image_url": {"url": format!("data:image/png;base64,{png}")}}),
            json!({"type": "file", "file": {"file_data": "https://example.com/a.pdf"}}),
        ];
        let read = Parts::read("content", &parts).unwrap();
        assert_eq!(read.text, "what is [image_url][file]");
        assert_eq!(read.tokens, IMAGE_TOKENS + DOCUMENT_TOKENS);
        assert!(read.has_images);
    }
}
