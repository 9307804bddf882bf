//! The phrases of the chat.

use crate::text::Phrase;

pub(super) const TITLE: Phrase = Phrase::new("Chat", "对话");
pub(super) const YOU: Phrase = Phrase::new("You", "您");

pub(super) const SEND: Phrase = Phrase::new("send", "发送");
pub(super) const BREAK_LINE: Phrase = Phrase::new("new line", "换行");
pub(super) const EDITOR: Phrase = Phrase::new("write in $EDITOR", "用 $EDITOR 编写");
pub(super) const UNDO: Phrase = Phrase::new("undo typing", "撤销输入");
pub(super) const REDO: Phrase = Phrase::new("redo typing", "重做输入");
pub(super) const STOP: Phrase = Phrase::new("stop", "停止");
pub(super) const MODEL: Phrase = Phrase::new("model", "模型");
pub(super) const NEW: Phrase = Phrase::new("new conversation", "新对话");
pub(super) const REGENERATE: Phrase = Phrase::new("answer again", "重新回答");
pub(super) const EDIT: Phrase = Phrase::new("edit the question", "修改问题");
pub(super) const BRANCH: Phrase = Phrase::new("other wording or answer", "切换问法或回答");
pub(super) const CONTINUE: Phrase =
    Phrase::new("continue an answer that broke off", "继续中断的回答");
pub(super) const COPY: Phrase = Phrase::new("copy code", "复制代码");
pub(super) const COPY_ALL: Phrase = Phrase::new("copy all code", "复制全部代码");
pub(super) const COPY_ANSWER: Phrase = Phrase::new("copy the answer", "复制回答");
pub(super) const REASONING: Phrase = Phrase::new("show or fold reasoning", "展开或收起推理");
pub(super) const FOLD: Phrase = Phrase::new("fold or unfold long code", "收起或展开长代码");
pub(super) const MARK: Phrase = Phrase::new("select text by keyboard", "用键盘选择文字");
pub(super) const NOTHING_TO_FOLD: Phrase = Phrase::new(
    "there is no long block in sight",
    "当前画面里没有可收起的长代码",
);
pub(super) const SYSTEM: Phrase = Phrase::new("rules for the model (system prompt)", "系统提示词");
pub(super) const BUDGET: Phrase = Phrase::new("budget of this conversation", "本次对话的预算");
pub(super) const MAX_TOKENS: Phrase =
    Phrase::new("longest answer, in tokens", "回答的最大 token 数");
pub(super) const SET: Phrase = Phrase::new(
    "parameters, fallbacks, providers, privacy",
    "参数、备用模型、供应商、隐私",
);
pub(super) const MEND: Phrase = Phrase::new("mend what went wrong", "处理出现的问题");
pub(super) const RETRY: Phrase = Phrase::new("ask again", "重试");
pub(super) const PAGE_UP: Phrase = Phrase::new("page up", "上翻");
pub(super) const PAGE_DOWN: Phrase = Phrase::new("page down", "下翻");
pub(super) const TOP: Phrase = Phrase::new("to the beginning", "到开头");
pub(super) const BOTTOM: Phrase = Phrase::new("to the end", "到末尾");
pub(super) const PREVIOUS_TURN: Phrase = Phrase::new("previous question", "上一个问题");
pub(super) const NEXT_TURN: Phrase = Phrase::new("next question", "下一个问题");

pub(super) const EMPTY: Phrase = Phrase::new(
    "Ask for code, an explanation, a review. @file sends a file along, / lists commands, Ctrl+O changes the model.",
    "可以让它写代码、解释或审查。@文件 附上文件，/ 列出命令，Ctrl+O 更换模型。",
);
pub(super) const NO_KEY: Phrase = Phrase::new(
    "There is no key in use yet: Alt+1 opens the wizard, which brings one.",
    "还没有使用中的密钥：按 Alt+1 打开设置向导。",
);
pub(super) const LOOKING: Phrase =
    Phrase::new("Looking for a key round here…", "正在查找此处的密钥…");
pub(super) const KEY_IN_SIGHT: Phrase = Phrase::new(
    "There is a key here, and no server has accepted it yet: Alt+1 shows what the wizard says of it.",
    "此处有密钥，但还没有服务器接受它：按 Alt+1 查看设置向导的说明。",
);
pub(super) const PLACEHOLDER: Phrase = Phrase::new(
    "Ask anything · / lists the commands, F1 is help",
    "输入问题 · / 列出命令，F1 查看帮助",
);
pub(super) const WAITING: Phrase = Phrase::new("waiting for the first word", "正在等待第一个字");
pub(super) const QUEUED: Phrase = Phrase::new("{} waiting to be asked", "有 {} 条排队等待");
pub(super) const RESTING: Phrase = Phrase::new(
    "{} waiting to be asked: an empty line asks it, /stop lets it go",
    "有 {} 条排队等待：输入空行即发送，/stop 则放弃",
);
pub(super) const SEND_WAITING: Phrase = Phrase::new("ask what waits", "发送排队的问题");
pub(super) const TAKE_WAITING: Phrase = Phrase::new("take back what waits", "取回排队的问题");
pub(super) const PUT_AWAY: Phrase = Phrase::new(
    "put away what you typed: Ctrl+/ brings it back, Ctrl+C again leaves",
    "已清空输入：Ctrl+/ 可恢复，再按 Ctrl+C 退出",
);
pub(super) const NOT_ASKED: Phrase = Phrase::new("what waited is not asked", "排队的问题不再发送");
pub(super) const EDITING: Phrase = Phrase::new("editing a question", "正在修改问题");
pub(super) const STOPPED: Phrase = Phrase::new("stopped", "已停止");
pub(super) const CUT: Phrase = Phrase::new(
    "cut at its longest; /continue goes on",
    "已达最大长度；/continue 继续",
);
pub(super) const ENDED: Phrase = Phrase::new(
    "the program was ended here; /continue goes on",
    "程序在此处结束；/continue 继续",
);
pub(super) const ODD: Phrase = Phrase::new(
    "ended oddly: {}; /continue goes on",
    "异常结束：{}；/continue 继续",
);
pub(super) const FILTERED: Phrase = Phrase::new("stopped by a content filter", "被内容过滤器中止");
pub(super) const BROKEN: Phrase = Phrase::new("broke off", "中断");
pub(super) const NOT_ANSWERED: Phrase =
    Phrase::new("not answered, and not charged", "未回答，不计费");
pub(super) const NO_ANSWER: Phrase = Phrase::new(
    "no answer came; it may be charged",
    "没有收到回答，可能会计费",
);
pub(super) const NO_CODE: Phrase = Phrase::new("there is no such code block", "没有这个代码块");
pub(super) const NOTHING_TO_DO_AGAIN: Phrase =
    Phrase::new("nothing was asked yet", "还没有提过问题");
pub(super) const NO_BRANCH: Phrase =
    Phrase::new("there is no other branch here", "这里没有其他分支");
pub(super) const NO_SUCH_COMMAND: Phrase = Phrase::new("there is no command /{}", "没有命令 /{}");
pub(super) const SYSTEM_SET: Phrase = Phrase::new(
    "these rules go with every question in this project from now on",
    "从现在起，此项目的每个问题都会附上这些规则",
);
pub(super) const SYSTEM_NONE: Phrase = Phrase::new(
    "no rules go with the questions in this project any more",
    "此项目不再附加规则",
);
pub(super) const SYSTEM_SIMULATED: Phrase = Phrase::new(
    "these rules go with every question until you leave: the sandbox keeps no settings",
    "退出前每个问题都会附上这些规则：沙盒不保存设置",
);
pub(super) const SYSTEM_NONE_HERE: Phrase =
    Phrase::new("no rules go with the questions any more", "不再附加规则");
pub(super) const WITH_RULES: Phrase = Phrase::new("with rules", "附带规则");
pub(super) const RULES_HERE: Phrase = Phrase::new(
    "Rules of this project go with every question (/system): {}",
    "每个问题都附上此项目的规则（/system）：{}",
);
pub(super) const UNKEPT: Phrase = Phrase::new("not kept", "不保存");
pub(super) const UNKEPT_HERE: Phrase = Phrase::new(
    "Nothing that is said here is kept. The ledger still keeps what requests cost, without their words.",
    "此处的对话不会保存。账本仍记录请求的费用，但不含文字。",
);
pub(super) const IS_UNKEPT: Phrase =
    Phrase::new("nothing of conversations is kept now", "现在不保存对话");
pub(super) const PROJECT_MODEL: Phrase =
    Phrase::new("use this model in this project", "在此项目中使用此模型");
pub(super) const PROJECT_MODEL_SET: Phrase = Phrase::new(
    "{} is this project's model from now on, for onramp ask too",
    "从现在起此项目使用 {}，onramp ask 也一样",
);
pub(super) const TEMPLATES: Phrase = Phrase::new("templates of questions", "提问模板");
pub(super) const TEMPLATE_OWN: Phrase = Phrase::new("yours: {}", "您的：{}");
pub(super) const TEMPLATE_FOREIGN: Phrase = Phrase::new("the project's: {}", "项目的：{}");
pub(super) const TEMPLATE_FILLED: Phrase = Phrase::new(
    "read it, change it if you like; Enter sends it",
    "可先阅读和修改，按 Enter 发送",
);
pub(super) const TEMPLATE_TO_COMPLETE: Phrase = Phrase::new(
    "add what it is about, a file by @path for example; Enter sends it",
    "请补上内容，例如用 @路径 附上文件；按 Enter 发送",
);
pub(super) const TEMPLATE_WANTS_WORDS: Phrase = Phrase::new(
    "this template wants words behind its name: /template NAME WORDS",
    "此模板需要在名称后加上内容：/template 名称 内容",
);
pub(super) const TEMPLATE_OF_PROJECT: Phrase = Phrase::new(
    "somebody of this project wrote this: read it before you send it",
    "这是项目中他人写的模板：发送前请先阅读",
);
pub(super) const NOTHING_TO_MEND: Phrase = Phrase::new("nothing went wrong", "没有出现问题");
pub(super) const WAITING_AGAIN: Phrase = Phrase::new("asks again in {} s", "{} 秒后重试");
pub(super) const MODEL_TAKEN: Phrase = Phrase::new("{} is asked from now on", "以后使用 {}");
pub(super) const TALKS: Phrase = Phrase::new("kept conversations", "保存的对话");
pub(super) const TITLE_OF: Phrase = Phrase::new("title of the conversation", "对话标题");
pub(super) const EXPORT: Phrase = Phrase::new("write the conversation to a file", "把对话写入文件");
pub(super) const NOTHING_TO_EXPORT: Phrase = Phrase::new("nothing was said yet", "还没有任何对话");
pub(super) const DELETE_TITLE: Phrase =
    Phrase::new("delete this conversation for good", "彻底删除此对话");
pub(super) const DELETE_WHAT: Phrase = Phrase::new(
    "“{}” and every answer in it will be gone; what it cost stays in the ledger.",
    "“{}”及其中的所有回答将被删除；其费用仍保留在账本中。",
);
pub(super) const KEEP_IT: Phrase = Phrase::new("Keep it", "保留");
pub(super) const DELETE_IT: Phrase = Phrase::new("Delete it for good", "彻底删除");
pub(super) const TALK_DELETED: Phrase = Phrase::new("the conversation is gone", "对话已删除");
pub(super) const TALK_GONE: Phrase =
    Phrase::new("this conversation is not there any more", "该对话已不存在");
pub(super) const NO_TALKS: Phrase =
    Phrase::new("no such conversation is kept", "没有保存这样的对话");
pub(super) const NOT_KEPT_YET: Phrase = Phrase::new(
    "nothing of this conversation is kept yet",
    "此对话尚未保存任何内容",
);
pub(super) const NO_TITLE: Phrase = Phrase::new(
    "/title NAME gives a conversation that has begun a title",
    "/title 名称 可为已开始的对话命名",
);
pub(super) const RENAMED: Phrase = Phrase::new("it is called {} now", "现在的标题是 {}");
pub(super) const OVER_BUDGET: Phrase = Phrase::new(
    "the budget of this conversation, {}, is used up; /budget raises it",
    "本次对话的预算 {} 已用完；可用 /budget 提高",
);
pub(super) const PAST_BUDGET: Phrase = Phrase::new(
    "this would pass the budget of this conversation, {}; /budget raises it",
    "这会超出本次对话的预算 {}；可用 /budget 提高",
);
pub(super) const UNREAD_MEDIA: Phrase = Phrase::new(
    "{} does not read what went along before; not sent to it: {}",
    "{} 无法读取之前附上的图片或文档，未向其发送：{} 个",
);
pub(super) const BEFORE_SENDING: Phrase = Phrase::new("Before this is sent", "发送之前");
pub(super) const MISSING_MEDIA: Phrase = Phrase::new(
    "not there any more, and not sent along with what you ask from here on: {}",
    "已无法读取，之后的提问不会再附上：{}",
);
pub(super) const FILE_OF_ONE: Phrase = Phrase::new("{}B · ~{} token", "{}B · 约 {} token");
pub(super) const FILE_SIZE: Phrase = Phrase::new("{}B · ~{} tokens", "{}B · 约 {} token");
pub(super) const FOLDER: Phrase = Phrase::new("folder", "目录");
pub(super) const CLIPBOARD: Phrase = Phrase::new("what is on the clipboard", "剪贴板的内容");
pub(super) const NOT_ALONG: Phrase =
    Phrase::new("These files do not go along:", "以下文件不会附上：");
pub(super) const AND_OTHERS: Phrase = Phrase::new(
    "{}; other files of the folders stay behind, too",
    "{}；目录中还有其他文件未附上",
);
pub(super) const LOOKS_SECRET: Phrase = Phrase::new("This looks secret:", "以下内容疑似机密：");
pub(super) const GO_BACK: Phrase = Phrase::new("Back to the editor", "返回编辑");
pub(super) const SEND_IT: Phrase = Phrase::new("Send it as it is", "仍然发送");
pub(super) const SAVE: Phrase = Phrase::new("save code to a file", "把代码存为文件");
pub(super) const SAVE_ALL: Phrase = Phrase::new("save all named code", "保存所有带文件名的代码");
pub(super) const WHERE_TO: Phrase = Phrase::new(
    "to which file? The path goes behind the number",
    "存到哪个文件？请在编号后输入路径",
);
pub(super) const NO_NAMED_CODE: Phrase =
    Phrase::new("no code block names a file", "没有带文件名的代码块");
pub(super) const IS_SO: Phrase = Phrase::new("{} is so already", "{} 已经是这样");
pub(super) const WROTE: Phrase = Phrase::new("wrote {}", "已写入 {}");
pub(super) const ONE_LINE: Phrase = Phrase::new("{} line more, {} less", "增加 {} 行，减少 {} 行");
pub(super) const LINES: Phrase = Phrase::new("{} lines more, {} less", "增加 {} 行，减少 {} 行");
pub(super) const WRITE_IT: Phrase = Phrase::new("Write this change", "写入此更改");
pub(super) const LEAVE_IT: Phrase = Phrase::new("Leave the file as it is", "保持文件不变");
pub(super) const BUSY: Phrase = Phrase::new(
    "an answer is still coming; /stop stops it",
    "回答还在进行中；可用 /stop 停止",
);
pub(super) const BOTH_CHARGED: Phrase = Phrase::new(
    "asked again; what came of the first try may be charged, too",
    "已重新提问；第一次已生成的部分也可能计费",
);
pub(super) const CHARGED_ALREADY: Phrase = Phrase::new(
    "asked again; the first try cost {}, and this one is charged, too",
    "已重新提问；第一次已花费 {}，这一次另外计费",
);
