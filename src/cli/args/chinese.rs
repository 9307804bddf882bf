//! The help of the command line in Chinese.

use clap::Command;

mod said;

pub(in crate::cli) use self::said::said;

/// What a command does: its path below the program's name, and the words.
const COMMANDS: &[(&str, &str)] = &[
    (
        "",
        "在终端中从没有密钥到项目 .env 里有一个测试通过的 OpenRouter 密钥",
    ),
    ("setup", "设置向导：六步得到一个测试通过的密钥"),
    ("login", "用浏览器登录：会创建一个密钥，并为此服务器保存"),
    (
        "logout",
        "忘记此处保存的密钥；它们在 OpenRouter 上仍然有效，直到在那里删除",
    ),
    ("chat", "在全屏界面与模型讨论代码"),
    ("check", "测试密钥、服务器和模型，说明问题所在和解决办法"),
    ("usage", "显示花费和余额"),
    ("budget", "显示或设置您允许本程序花费的上限：每日、每月"),
    ("explain", "解释一种问题及其解决办法；不带标识则列出全部"),
    ("ask", "向模型提一个问题，回答写到标准输出"),
    ("models", "列出模型及其价格"),
    (
        "models show",
        "显示一个模型的全部信息：价格、由谁运行、速度和可用率",
    ),
    (
        "keys",
        "账户的密钥（需要管理密钥）：各自花费、限额与到期时间",
    ),
    ("keys list", "列出账户的密钥，最新的在前"),
    ("keys show", "显示一个密钥的全部信息和建议"),
    (
        "keys create",
        "创建一个密钥并放到您指定的位置；密钥只会给出这一次",
    ),
    ("keys update", "修改密钥的名称或限额"),
    ("keys enable", "重新启用一个密钥"),
    ("keys disable", "停用一个密钥（可重新启用）"),
    ("keys delete", "输入名称确认后彻底删除一个密钥"),
    (
        "keys cap",
        "显示或设置账户默认工作区中每个密钥可花费的金额，无论其自身限额",
    ),
    (
        "keys rotate",
        "用新密钥替换一个密钥：创建、写入项目的每个 .env、测试，最后停用旧密钥",
    ),
    ("env", "读取和修改 .env 文件，其余内容逐字节不变"),
    (
        "env show",
        "并排显示各 .env 文件中的变量（值已遮蔽）；用 --file 只看一个文件",
    ),
    (
        "env set",
        "设置变量：NAME 会隐藏输入地询问值，--stdin NAME 从标准输入读取，NAME=VALUE 直接使用",
    ),
    ("env unset", "删除变量"),
    (
        "env init",
        "创建项目的 .env 文件：取自项目模板，没有则用服务模板",
    ),
    ("env doctor", "检查程序会读到哪个密钥、有什么妨碍、如何修正"),
    ("env undo", "撤销对文件的上一次修改"),
    (
        "env scan",
        "查找他人可能读到的 API 密钥：项目的文件中，加 --history 则包括所有提交",
    ),
    ("env guard", "每次提交前检查其中没有 API 密钥"),
    (
        "env guard install",
        "把检查加入此仓库的 pre-commit 钩子（会显示改动）",
    ),
    ("env guard remove", "从钩子中移除检查，恢复原状"),
    ("env guard status", "显示检查是否已安装"),
    (
        "env guard check",
        "在已暂存的内容中查找 API 密钥（由钩子运行）",
    ),
    (
        "sessions",
        "保存的对话：列出、查找、显示、导出、改名、彻底删除",
    ),
    ("sessions list", "列出此项目保存的对话，最近的在前"),
    ("sessions search", "按说过的词查找对话"),
    ("sessions show", "以文本显示一个对话"),
    ("sessions export", "把一个对话导出为 Markdown 或 JSON"),
    ("sessions rename", "给对话换一个标题"),
    ("sessions delete", "彻底删除对话"),
    ("sandbox", "在本机运行模拟的 OpenRouter"),
];

/// What an argument does: its id, and the words. The same id means the same everywhere, unless a row
/// with the command's path comes first.
const ARGUMENTS: &[(&str, &str)] = &[
    ("ask json", "得到完整的回答后输出 JSON"),
    ("chat prompt", "第一个问题；不写则等您输入"),
    (
        "resume",
        "继续这个保存的对话：其标识、标识的开头，或末尾的几个字母",
    ),
    ("last", "继续此项目最近的对话"),
    ("sandbox json", "输出一行 JSON，含地址和各个密钥"),
    ("models show model", "模型的标识"),
    ("env_file", "要读写的 .env 文件"),
    ("base_url", "服务器地址，可带或不带 /api/v1"),
    ("lang", "语言：en、zh-CN 或 auto"),
    ("theme", "配色：auto、dark、light 或 mono"),
    (
        "sandbox",
        "使用程序内置的模拟 OpenRouter：无需账户、网络和费用",
    ),
    ("no_color", "不使用颜色（同 NO_COLOR）"),
    ("plain", "用纯文本行代替全屏界面"),
    ("timeout", "网络在这么多秒内没有动静就放弃"),
    (
        "ca_file",
        "同时信任此 PEM 文件中的证书颁发机构（公司过滤系统使用自己的证书）",
    ),
    (
        "full",
        "检查每个阶段：域名、连接、证书、密钥、限额、余额、模型、回答、流式、费用",
    ),
    ("days", "显示多少个 UTC 日（含今天）；未指定时为 31"),
    ("csv", "以 CSV 输出每日数据"),
    (
        "min_credit",
        "余额或限额剩余少于这么多美元时以 11 退出；与 --watch 同用时是其提醒的界限",
    ),
    ("rebuild", "重新计算本程序账本的合计"),
    (
        "line",
        "输出一行供状态栏使用，取自上次得到的数据；与 --watch 同用时，内容一变就输出",
    ),
    (
        "watch",
        "每隔这么多秒查询一次并输出变化：每项一行，加 --json 则每项一个对象",
    ),
    (
        "hook",
        "每当出现新的提醒就运行此命令，相关数据在其环境变量中",
    ),
    ("exit_on_alert", "出现第一个新的提醒时以 11 退出"),
    ("day", "每个 UTC 日的美元上限；off 取消上限"),
    ("month", "每个 UTC 月的美元上限；off 取消上限"),
    ("id", "问题的标识；不指定则列出全部"),
    (
        "no_history",
        "不保存任何对话内容；账本仍记录请求的费用，但不含文字",
    ),
    ("log", "将请求日志写入此文件（密钥已遮蔽）"),
    ("quiet", "只输出结果和错误"),
    ("help", "显示帮助"),
    ("version", "显示版本"),
    ("model", "要询问的模型"),
    ("json", "输出 JSON"),
    (
        "prompt",
        "问题；其中的 @文件 会随之发送，@clipboard 指剪贴板；标准输入会附加在后面",
    ),
    ("system", "给模型的规则，代替此项目已有的；留空则不附规则"),
    (
        "sources",
        "随问题发送：文件、目录、加引号的通配符、文件的某几行（文件:10-40）、图片或 PDF；可重复使用",
    ),
    ("code", "要求代码，并且只输出代码"),
    (
        "answer_file",
        "把回答写入此文件：文本文件（.md、.txt）写入全文，其他文件只写代码；- 表示标准输出",
    ),
    ("save_all", "把每个带有文件名的代码块写入对应的文件"),
    ("overwrite", "覆盖内容不同的文件，也写入可能不完整的内容"),
    (
        "any_file",
        "不限制读写的文件：项目之外、被忽略、二进制或 .env 文件",
    ),
    ("allow_secrets", "发送疑似机密的内容"),
    ("over_budget", "即使达到您自己设置的预算也发送"),
    ("estimate", "只显示将发送的内容和预计费用，不发送"),
    (
        "template",
        "用模板生成问题：explain、review、test、refactor、commit、shell，或您自己的",
    ),
    ("trust_template", "使用项目中的模板而不先显示"),
    (
        "max_tokens",
        "回答的最大长度（token）[默认 4096；已知模型上限更低时按上限]",
    ),
    ("fallbacks", "首选模型不可用时依次使用的模型"),
    (
        "provider_sort",
        "优先哪些供应商：price（价格）、throughput（吞吐）或 latency（延迟）",
    ),
    ("provider_order", "依次优先尝试的供应商"),
    ("zdr", "只用不保留任何数据的供应商（零数据保留）"),
    ("no_data_collection", "只用不收集问题用于训练的供应商"),
    (
        "max_price",
        "供应商的最高价格，读入和写出每百万 token 的美元数：1,5；一个数则同时适用",
    ),
    ("temperature", "用词的随机程度，0 到 2"),
    ("top_p", "取词的概率范围，大于 0 至 1"),
    ("seed", "相同的种子得到相同的回答（取决于供应商）"),
    ("stop", "遇到这段文字就结束回答；可重复，最多四次"),
    (
        "effort",
        "先思考多久：none、minimal、low、medium、high、xhigh 或 max",
    ),
    ("no_stream", "等待完整回答，而不是逐字输出"),
    ("query", "标识或名称的一部分"),
    ("free", "只列出免费模型"),
    (
        "prices",
        "显示任务费用：小任务、大任务、按您用量的一个月；以及已知的厂商自己的价格",
    ),
    ("sort", "排序方式：price、context 或 new"),
    ("file", "文件；未指定时使用项目中最近的 .env"),
    ("assignments", "NAME 或 NAME=VALUE"),
    ("stdin", "从标准输入读取值"),
    ("dry_run", "只显示改动，不写入"),
    (
        "force",
        "即使文件被 git 跟踪，或原值是密码管理器的引用，也写入",
    ),
    ("names", "变量名"),
    (
        "env_template",
        "即使项目有自己的模板也用此模板；已有的文件只补上缺少的变量",
    ),
    (
        "groups",
        "只用服务模板中的这些组：openai、database、redis、signing、environment",
    ),
    ("example", "同时创建不含密钥的 .env.example"),
    ("delete_old", "最后彻底删除旧密钥；否则只停用"),
    ("yes", "不再询问"),
    ("new_file", "要创建的文件；未指定时选用适合项目的文件"),
    ("only_file", "只检查此文件"),
    ("fix", "修正程序能修正的问题，每处改动都先显示"),
    ("safe_only", "与 --fix 同用：不再询问，只做安全的修正"),
    ("paths", "目录或文件；未指定时为整个项目"),
    ("history", "同时检查所有提交"),
    (
        "mend",
        "在 .gitignore 和 .dockerignore 中加入排除 .env 文件的规则（会显示改动）",
    ),
    (
        "no_browser",
        "不打开浏览器：在任意设备上打开页面，把它显示的验证码粘贴到这里",
    ),
    (
        "management",
        "改为保存一个管理密钥：粘贴时不显示，或用 --stdin 读入",
    ),
    ("key_from_stdin", "从标准输入读取管理密钥"),
    ("all_servers", "忘记所有服务器的密钥"),
    ("all_projects", "列出所有项目的对话"),
    ("limit", "最多这么多个"),
    ("words", "要找的词；须全部出现在某个问题、回答或标题中"),
    ("talk", "对话的标识、其开头，或末尾的几个字母"),
    ("talks", "各对话的标识、其开头，或末尾的几个字母"),
    (
        "all_branches",
        "所有分支，而不只是当前显示的；JSON 总是包含全部",
    ),
    ("format", "md 或 json；未指定时由文件扩展名决定"),
    ("output", "写入此文件；若已存在，先显示改动"),
    ("title", "标题"),
    (
        "key",
        "密钥：名称、遮蔽后的标签、哈希的开头；this 指此处使用的密钥",
    ),
    ("new_key", "名称；未指定时取项目名，并加上文件所属的环境"),
    ("spend_limit", "最多可花费的美元数"),
    ("new_limit", "最多可花费的美元数；off 取消限额"),
    ("cap", "每个密钥可花费的美元数；off 取消上限"),
    (
        "cap_reset",
        "上限何时重新计算（UTC）：daily、weekly、monthly 或 never",
    ),
    (
        "reset",
        "限额何时重新计算（UTC）：daily、weekly、monthly 或 never",
    ),
    (
        "expires",
        "到期时间（之后不能更改）：90d、2027-03-01 或 never",
    ),
    ("to_env", "写入此 .env 文件"),
    ("to_store", "保存在 onramp 自己的存储中"),
    ("print_key", "输出到标准输出，仅此一次"),
    ("another", "已有同名密钥时仍再创建一个"),
    (
        "force_haven",
        "即使文件被 git 跟踪也写入；替换存储中已有的密钥",
    ),
    ("new_name", "新的名称"),
    ("yes_name", "它的完整名称，用以代替询问时的输入"),
    ("port", "端口；未指定时使用任意空闲端口"),
    ("fault", "以此方式出错（见 --faults）"),
    ("faults", "列出各种出错方式"),
    ("rate", "每秒 token 数；0 表示不限速"),
];

/// Help and the version stand behind everything else, as clap's own do.
const LAST: usize = 10_000;

/// The command with its help in Chinese.
pub(super) fn translate(command: Command) -> Command {
    let command = command.disable_help_flag(true).disable_version_flag(true);
    let command = command
        .arg(
            clap::Arg::new("help")
                .short('h')
                .long("help")
                .action(clap::ArgAction::Help)
                .display_order(LAST)
                .global(true),
        )
        .arg(
            clap::Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .display_order(LAST + 1),
        );
    speak(command, "")
}

fn speak(mut command: Command, path: &str) -> Command {
    if let Some(words) = find(COMMANDS, path) {
        command = command.about(words).long_about(None);
    }
    let ids: Vec<String> = command
        .get_arguments()
        .map(|argument| argument.get_id().to_string())
        .collect();
    for id in ids {
        command = command.mut_arg(&id, |argument| {
            let heading = if argument.is_positional() {
                "参数"
            } else {
                "选项"
            };
            let argument = argument.help_heading(heading).long_help(None);
            match words_for(path, &id) {
                Some(words) => argument.help(words),
                None => argument,
            }
        });
    }
    let names: Vec<String> = command
        .get_subcommands()
        .map(|child| child.get_name().to_owned())
        .collect();
    for name in names {
        let path = format!("{path} {name}").trim().to_owned();
        command = command.mut_subcommand(&name, |child| speak(child, &path));
    }
    command
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .help_template("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}")
}

/// What an argument does: at this command, else everywhere.
fn words_for(path: &str, id: &str) -> Option<&'static str> {
    find(ARGUMENTS, &format!("{path} {id}")).or_else(|| find(ARGUMENTS, id))
}

fn find(rows: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    rows.iter()
        .find(|(name, _)| *name == key)
        .map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::CommandLine;

    fn every_command(command: &Command, path: &str, visit: &mut impl FnMut(&Command, &str)) {
        visit(command, path);
        for child in command.get_subcommands() {
            let path = format!("{path} {}", child.get_name()).trim().to_owned();
            every_command(child, &path, visit);
        }
    }

    #[test]
    fn every_command_and_every_argument_speaks_chinese() {
        every_command(&CommandLine::command(), "", &mut |command, path| {
            assert!(find(COMMANDS, path).is_some(), "onramp {path}");
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                assert!(words_for(path, id).is_some(), "onramp {path}: {id}");
            }
        });
    }

    #[test]
    fn no_row_is_left_over() {
        let mut ids = vec!["help".to_owned(), "version".to_owned()];
        let mut paths = Vec::new();
        every_command(&CommandLine::command(), "", &mut |command, path| {
            paths.push(path.to_owned());
            for argument in command.get_arguments() {
                let id = argument.get_id();
                ids.extend([id.to_string(), format!("{path} {id}")]);
            }
        });
        for (path, _) in COMMANDS {
            assert!(paths.iter().any(|it| it == path), "onramp {path}");
        }
        for (id, _) in ARGUMENTS {
            assert!(ids.iter().any(|it| it == id), "{id}");
        }
    }
}
