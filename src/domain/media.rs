//! A picture or a document that goes along with a message.

use std::fmt;
use std::sync::Arc;

/// What a file is, as its first bytes tell; names are no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
    /// PDF.
    Pdf,
}

impl MediaKind {
    /// The kind whose mark the bytes begin with; `None`: none that a model is sent.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Self::Webp),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            _ => None,
        }
    }

    /// The kind that a file's name promises, before anything of it was read.
    pub fn by_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "png" => Some(Self::Png),
            "jpg" | "jpeg" => Some(Self::Jpeg),
            "webp" => Some(Self::Webp),
            "gif" => Some(Self::Gif),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }

    /// Its MIME type.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Pdf => "application/pdf",
        }
    }

    /// What it is among a model's `input_modalities`.
    pub fn modality(self) -> &'static str {
        if self.is_image() { "image" } else { "file" }
    }

    /// A picture, not a document.
    pub fn is_image(self) -> bool {
        self != Self::Pdf
    }
}

/// Endings of names whose files are neither text nor what a model is sent: archives, programs, sound, film, fonts,
/// databases.
const BINARY: &str = "7z a aac aiff avi avif bin bmp bz2 class db deb dll dmg doc docx dylib eot exe flac gz heic icns ico \
    iso jar m4a mkv mov mp3 mp4 msi npy npz o ogg onnx otf parquet pkl ppt pptx pt pyc rar rlib rpm \
    safetensors so sqlite tar tgz tiff ttf wasm wav webm woff woff2 xls xlsx zip";

/// Whether a file is refused once it is read, as far as its name tells.
pub fn is_binary_by_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let mut known = BINARY.split(' ');
    known.any(|known| known.eq_ignore_ascii_case(ending))
}

/// A picture or a document. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Media {
    /// The file's name, without its folder.
    pub name: String,
    /// What it is.
    pub kind: MediaKind,
    /// The bytes of the file.
    pub bytes: Arc<[u8]>,
}

/// Not its bytes: they are many.
impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.bytes.len();
        write!(
            f,
            "Media({:?}, {}, {length} bytes)",
            self.name,
            self.kind.mime()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_what_no_model_is_sent() {
        for name in ["blob.bin", "a/b.tar.gz", "Font.WOFF2", ".cache.db"] {
            assert!(is_binary_by_name(name), "{name}");
        }
        for name in [
            "main.rs",
            "Makefile",
            "bin",
            "a.bin/",
            "photo.png",
            "paper.pdf",
            "zip.md",
            "",
        ] {
            assert!(!is_binary_by_name(name), "{name}");
        }
    }

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        for (bytes, kind) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], Some(MediaKind::Png)),
            (b"\xff\xd8\xff\xe0JFIF", Some(MediaKind::Jpeg)),
            (b"GIF89a..", Some(MediaKind::Gif)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some(MediaKind::Webp)),
            (b"RIFF\0\0\0\0WAVEfmt ", None),
            (b"%PDF-1.7\n", Some(MediaKind::Pdf)),
            (b"fn main() {}", None),
            (b"", None),
        ] {
            assert_eq!(MediaKind::of(bytes), kind, "{bytes:?}");
        }
    }
}
