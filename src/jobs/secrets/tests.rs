//! What is told, and what is left alone.

use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;
use crate::domain::leak::Vendor;
use crate::domain::secret::hex;
use crate::text::Lang;

fn key(word: &str) -> String {
    format!("sk-or-v1-{}", hex(&Sha256::digest(word)))
}

fn kinds(text: &str) -> Vec<(usize, usize, SecretKind)> {
    let found = find_secrets(text, None).into_iter();
    found.map(|it| (it.line, it.column, it.kind)).collect()
}

#[test]
fn secrets_are_told_by_their_place() {
    let text = format!(
        "why does this fail?\n键 = \"{}\"\nexport DB_PASSWORD='tr0ub4dor&3'\n-----BEGIN OPENSSH PRIVATE KEY-----\nurl: postgres://app:s3cr3t-pw@db.internal/x\n",
        key("a")
    );
    assert_eq!(
        kinds(&text),
        [
            (2, 6, SecretKind::Key(Vendor::OpenRouter)),
            (3, 20, SecretKind::Setting("DB_PASSWORD".into())),
            (4, 1, SecretKind::PrivateKey),
            (5, 21, SecretKind::Address),
        ]
    );
}

#[test]
fn tokens_without_a_name_and_keys_without_a_frame_are_told() {
    let made = hex(&Sha256::digest("x"));
    let pypi = format!("pypi-AgEIcHlwaS5vcmc{made}");
    let sent = format!("SG.{}.{}", made.split_at(22).0, made.split_at(43).0);
    let hidden = key("h").replacen("v1-", "v1-\u{200b}", 1);
    let header = "Authorization".to_owned();
    for (text, kind) in [
        (
            format!("curl -H 'Authorization: Bearer {made}'"),
            SecretKind::Setting(header),
        ),
        (
            format!("AGE-SECRET-KEY-1{}", made.to_uppercase()),
            SecretKind::PrivateKey,
        ),
        ("Private-Lines: 8".to_owned(), SecretKind::PrivateKey),
        (pypi, SecretKind::Token("PyPI")),
        (sent, SecretKind::Token("SendGrid")),
        (hidden, SecretKind::Key(Vendor::OpenRouter)),
    ] {
        let found: Vec<SecretKind> = kinds(&text).into_iter().map(|(.., kind)| kind).collect();
        assert_eq!(found, [kind], "{text}");
        assert!(!format!("{:?}", find_secrets(&text, None)).contains(&made));
    }
}

#[test]
fn a_key_in_a_setting_is_told_once() {
    let text = format!("OPENROUTER_API_KEY={}\n", key("b"));
    assert_eq!(kinds(&text).len(), 1);
}

#[test]
fn code_and_examples_hold_no_secrets() {
    for text in [
        "let token = next_token();",
        "Authorization: Bearer $TOKEN",
        "a bearer of bad news that goes on for long enough",
        "SG.md and pypi-AgE",
        "API_KEY=your-key-here",
        "API_KEY=<key>",
        "API_KEY=$OTHER",
        "API_KEY=${OTHER}",
        "OPENROUTER_API_KEY=sk-or-...",
        "ACCESS_TOKEN_EXPIRE_MINUTES=1440",
        "EXIT_CODE=1",
        "postgres://postgres:postgres@localhost/db",
        "https://example.com/a@b",
        "https://user:pass@example.com",
        "const KEY = 5;",
        "token = tokenizer.encode(text2)",
        "password: string,",
        "let api_key = args.api_key1;",
        "token_count = 'abc12345'",
        "use crate::secret::Token2;",
        "key: sha256:0123456789abcdef",
        "if token == 'abcd1234' {",
        "secret => 'abcd1234'",
        "password = os.environ['DB_PASS_2']",
        "eyJhbGciOiJIUzI1NiJ9.e30",
        "-----BEGIN PUBLIC KEY-----",
        "if PASSWORD == other {",
        "SHIPPING=express COMPASS=northwest ENCODING=utf-16le",
        "const SORT_KEY = 'created_at2';",
        "def f(password: str, token: str = 'unset') -> None:",
        "assert_eq!(sort(\"password1\"), Sort::Secret);",
        "self.password = hash_password2(password)",
        "let token = tokens[1]; let key2 = key1;",
        "password=password1, secret=secret2",
        "<password>${db.password}</password>",
        "<input type=\"password\" name=\"password2\">",
        "key: \"sha256:0123456789abcdef0123\"",
        "curl -u $USER:$PASS https://x",
        "docker run --user 1000:1000 -p 8080:8080 x",
        "docker run -u node:nodejs x",
        "Basic usage: see below; basic dXNhZ2U=",
        "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "src/main.rs:10:5:warning:unused1x",
        "12:30:45:user:message12",
        "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        "AccountKey=<your-account-key>;",
        "export TOKEN=$(cat token.txt)",
        "SSL_KEY=/etc/ssl/private/key.pem",
        "KEY_FILE=./secrets/key2.pem",
        "TOKEN_URL=https://auth.example.org/oauth2/token",
        "password reset2 and login page1",
        "public_key = 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'",
        "csrf_token = 'd41d8cd98f00b204e9800998ecf8427e'",
        "fn token(line: &str) -> Option<Found>;",
        "password: string; apiKey?: string1;",
        "integrity=\"sha512-Zk3Qw9Xv7Lm2Rt8Yp5Bn4Hd6Gj1Fc0Sa==\"",
        "- name: LOG_LEVEL\n  value: debug123456",
        "mysql -p mydb2024",
        "api_key=api_key2",
        "令牌：见文档第2章",
        "auth = base64.b64encode(user_passwd.encode()).decode('ascii')",
        "#define INIT_KEY ossl_blake2b_init_key",
        "if (token > 3) token = FTS5_MAX_TOKEN_SIZE;",
        "pub const SHARED_KEY: c_ulong = 0x00000002;",
        "#define KEY_CONST \"\\x6b\\x65\\x79\\x20\"",
        "affected by 'RUSTSEC-2026-0009'",
        "let first_private = char::try_from(0xe000u32).unwrap();",
        "replace the login shell altogether by <command>dbus1-run2-session3",
        "remove (\"# OPENROUTER_API_KEY=\\nHOST=a1b2c3d4\\n\")",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn settings_of_other_files_are_known_too() {
    for (text, column) in [
        ("aws_secret_access_key=wJalrXUtnFEMI0K7MDENG", 23),
        ("aws_secret_access_key = wJalrXUtnFEMI0K7MDENG", 25),
        ("  DB_PASS: s3cr3tvalue", 12),
        ("password = 'tr0ub4dor&3'", 12),
        ("\"api_key\": \"0123abcd4567\",", 12),
        ("dbPassword := \"tr0ub4dor\"", 15),
        ("spring.datasource.password=tr0ub4dor3", 28),
    ] {
        let found = kinds(text);
        let [(1, at, SecretKind::Setting(_))] = found.as_slice() else {
            panic!("{text}: {found:?}");
        };
        assert_eq!(*at, column, "{text}");
    }
    let parts = [
        "eyJhbGciOiJIUzI1NiJ9",
        "eyJzdWIiOiIxMjM0NTY3ODkwIn0",
        "dozjgNryP4J3jVmNHl0w5N",
    ];
    let text = format!("Authorization: Bearer {}", parts.join("."));
    assert_eq!(kinds(&text), [(1, 23, SecretKind::SignedToken)]);
    let slack = ["xox", "b-528109461837-Kd8vQm2xWz7LrT4pYb9NcJ1e"].concat();
    assert_eq!(kinds(&slack), [(1, 1, SecretKind::Key(Vendor::Slack))]);
}

/// Random words, made so that none of them stands in this source.
fn noise(length: usize) -> String {
    "9g7paGnhd7RVRXFB2mKq5TzW8cLs4YxJ3vDf6Hb1"
        .repeat(3)
        .split_at(length)
        .0
        .to_owned()
}

fn basic(login: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(login)
}

#[test]
fn settings_are_told_wherever_in_a_line_they_stand() {
    let pw = noise(16);
    for text in [
        format!("env: REDIS_PASSWORD={pw}"),
        "env: DB_PASSWORD=geheim!".to_owned(),
        format!("my settings: JWT_SECRET={pw}"),
        format!("Here it is: export FOO_TOKEN=\"{}\"", noise(40)),
        format!("run: docker run -e POSTGRES_PASSWORD={pw} postgres"),
        format!("ENV: aws_secret_access_key = {}", noise(40)),
        format!("see my file: a=1, b=2, DB_PASSWORD={pw}"),
        format!("connect(host=\"x\", user=\"me\", password=\"{pw}\")"),
        format!("Server=db;Database=x;User Id=me;Password={pw};Encrypt=true"),
        format!(
            "DefaultEndpointsProtocol=https;AccountName=x;AccountKey={}==;EndpointSuffix=core.windows.net",
            noise(86)
        ),
        format!(
            "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={}=",
            noise(43)
        ),
        format!("curl 'https://x.org/v1?format=json&api_key={pw}'"),
        format!("curl -H \"X-Api-Key: {pw}\" https://x.org"),
        format!("curl --header 'PRIVATE-TOKEN: {}' https://x.org", noise(20)),
        format!("<password>{pw}</password>"),
        format!("<add key=\"DbPassword\" value=\"{pw}\" />"),
        format!("{{\"name\": \"DB_PASSWORD\", \"value\": \"{pw}\"}}"),
        format!("- name: DB_PASSWORD\n  value: {pw}"),
        format!("define( 'DB_PASSWORD', '{pw}' );"),
        format!("'password' => '{pw}',"),
        format!("settings[\"password\"] = \"{pw}\""),
        format!("password: str = \"{pw}\""),
        format!("let api_key: &'static str = \"{pw}\";"),
        format!("String body = \"{{\\\"password\\\": \\\"{pw}\\\"}}\";"),
        format!("ENV DB_PASSWORD {pw}"),
        format!("onramp login --password {pw} --force"),
        format!("//registry.npmjs.org/:_authToken={pw}"),
        format!("我的密码：{pw}"),
        format!("密钥: {pw}"),
        "DB_PASSWORD='a(b<c{9$d'".to_owned(),
        format!("PrivateKey = {}=", noise(43)),
    ] {
        let found = kinds(&text);
        assert!(
            matches!(found.as_slice(), [(_, _, SecretKind::Setting(_))]),
            "{text}: {found:?}"
        );
        assert!(
            !format!("{:?}", find_secrets(&text, None)).contains(&pw),
            "{text}"
        );
    }
}

#[test]
fn names_with_their_passwords_are_told() {
    let pw = noise(16);
    for text in [
        format!("Authorization: Basic {}", basic(&format!("bob:{pw}"))),
        format!(
            "curl -H 'authorization: basic {}'",
            basic("bob:geheim").trim_end_matches('=')
        ),
        format!(
            "{{\"auths\": {{\"x\": {{\"auth\": \"{}\"}}}}}}",
            basic(&format!("bob:{pw}"))
        ),
        format!("_auth={}", basic(&format!("bob:{pw}"))),
        format!("Authorization: Token {}", noise(40)),
        format!("curl -u admin:{pw} https://x.org"),
        "curl -uadmin:geheim https://x.org".to_owned(),
        format!("http --user='me:{pw}' x.org"),
        format!("mysql -h db -u root -p{pw} shop"),
        format!("sshpass -p '{pw}' ssh me@host"),
        format!("machine api.x.org login me password {pw}"),
        format!("  password {pw}"),
        format!("CREATE USER me IDENTIFIED BY '{pw}';"),
        format!("ALTER ROLE me WITH PASSWORD '{pw}';"),
        format!("localhost:5432:shop:me:{pw}"),
    ] {
        let found = kinds(&text);
        assert!(
            matches!(found.as_slice(), [(1, _, SecretKind::Setting(_))]),
            "{text}: {found:?}"
        );
        assert!(
            !format!("{:?}", find_secrets(&text, None)).contains(&pw),
            "{text}"
        );
    }
    for text in [
        format!("redis://:{pw}@cache:6379/0"),
        format!("see https://x.org and amqp://me:{pw}@mq/"),
        format!("git clone https://{}@git.x.org/a.git", noise(30)),
    ] {
        let found = kinds(&text);
        assert!(
            matches!(found.as_slice(), [(1, _, SecretKind::Address)]),
            "{text}: {found:?}"
        );
    }
    let inner = basic("-----BEGIN RSA PRIVATE KEY-----\nMIIE");
    assert_eq!(
        kinds(&format!("client-key-data: {inner}")),
        [(1, 18, SecretKind::PrivateKey)]
    );
}

proptest! {
    #[test]
    fn what_is_said_of_a_secret_does_not_hold_it(before in "[ a-z]{0,10}", word in "[a-z]{1,5}") {
        let key = key(&word);
        let password = format!("Zq9{}-k2", hex(&Sha256::digest(&key)).split_at(20).0);
        let text = format!("{before}\n'{key}'\nDB_PASSWORD={password}\nx://u:{password}@h\n");
        let found = find_secrets(&text, Some("a.txt"));
        prop_assert_eq!(found.len(), 3);
        for spot in found {
            let said = format!("{spot:?} {} {}", spot.said().say(Lang::En), spot.said().say(Lang::Zh));
            prop_assert!(!said.contains(key.split_at(12).1.split_at(58).0), "{}", said);
            prop_assert!(!said.contains(password.split_at(3).1.split_at(17).0), "{}", said);
        }
    }
}
