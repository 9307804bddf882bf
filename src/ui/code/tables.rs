//! The languages that are known. A row here is all it takes to know another one.

use super::language::{Grammar, Language, Quote, Traits};

const fn short(mark: &'static str) -> Quote {
    Quote {
        open: mark,
        close: mark,
        has_escapes: true,
        is_long: false,
    }
}

const fn verbatim(open: &'static str, close: &'static str) -> Quote {
    Quote {
        open,
        close,
        has_escapes: false,
        is_long: true,
    }
}

const fn long(mark: &'static str) -> Quote {
    Quote {
        is_long: true,
        ..short(mark)
    }
}

const C_LIKE: &[(&str, &str)] = &[("/*", "*/")];
const BOTH: &[Quote] = &[short("\""), short("'")];

const BASE: Language = Language {
    names: "",
    grammar: Grammar::Words,
    keywords: "",
    types: "",
    constants: "true false null",
    remarks: &["//"],
    blocks: C_LIKE,
    quotes: BOTH,
    traits: Traits::CAPITAL_TYPES,
};

const fn format(names: &'static str, grammar: Grammar) -> Language {
    Language {
        names,
        grammar,
        ..BASE
    }
}

/// The language of a name: the first word behind a fence, or the ending of a file.
pub(super) fn find(name: &str) -> Option<&'static Language> {
    let name = name.trim_start_matches(['.', '{']).trim_end_matches('}');
    let name = name
        .split([',', ' '])
        .next()
        .filter(|name| !name.is_empty())?;
    LANGUAGES.iter().find(|language| language.is_called(name))
}

/// All of them.
pub(super) static LANGUAGES: &[Language] = &[
    Language {
        names: "rust rs",
        keywords: "as async await break const continue crate dyn else enum extern fn for if impl in let loop \
            match mod move mut pub ref return self static struct super trait type unsafe use where while \
            yield macro_rules union",
        types: "Self bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize",
        constants: "true false None Some Ok Err",
        quotes: &[long("\"")],
        traits: Traits::CAPITAL_TYPES
            .and(Traits::RUST)
            .and(Traits::BRACKET_ATTRIBUTES)
            .and(Traits::NESTS),
        ..BASE
    },
    Language {
        names: "python py python3 pyi py3 pycon gyp starlark bzl bazel",
        keywords: "and as assert async await break case class continue def del elif else except finally for \
            from global if import in is lambda match nonlocal not or pass raise return try while with yield",
        types: "bool bytes complex dict float frozenset int list object set str tuple type",
        constants: "True False None self cls NotImplemented Ellipsis",
        remarks: &["#"],
        blocks: &[],
        quotes: &[long("\"\"\""), long("'''"), short("\""), short("'")],
        traits: Traits::CAPITAL_TYPES
            .and(Traits::DECORATORS)
            .and(Traits::PREFIXES),
        ..BASE
    },
    Language {
        names: "javascript js jsx mjs cjs node typescript ts tsx mts cts svelte vue",
        keywords: "abstract as asserts async await break case catch class const continue debugger declare \
            default delete do else enum export extends finally for from function get if implements import in \
            infer instanceof interface is keyof let module namespace new of override private protected \
            public readonly return satisfies set static super switch throw try type typeof var void while \
            with yield",
        types: "any bigint boolean never number object string symbol unknown",
        constants: "true false null undefined NaN Infinity this",
        quotes: &[long("`"), short("\""), short("'")],
        traits: Traits::CAPITAL_TYPES.and(Traits::DECORATORS),
        ..BASE
    },
    Language {
        names: "go golang",
        keywords: "break case chan const continue default defer else fallthrough for func go goto if import \
            interface map package range return select struct switch type var",
        types: "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 \
            int64 rune string uint uint8 uint16 uint32 uint64 uintptr",
        constants: "true false nil iota",
        quotes: &[verbatim("`", "`"), short("\""), short("'")],
        ..BASE
    },
    Language {
        names: "c h cpp c++ cc cxx hpp hh hxx ino arduino cuda cu objc objective-c objectivec m mm glsl hlsl \
            wgsl opencl",
        keywords: "alignas alignof asm auto break case catch class co_await co_return co_yield concept const \
            consteval constexpr constinit const_cast continue decltype default delete do dynamic_cast else \
            enum explicit export extern final for friend goto if inline mutable namespace new noexcept \
            operator override private protected public register reinterpret_cast requires restrict return \
            sizeof static static_assert static_cast struct switch template this throw try typedef typeid \
            typename union using virtual volatile while",
        types: "bool char char8_t char16_t char32_t double float int int8_t int16_t int32_t int64_t long \
            ptrdiff_t short signed size_t ssize_t uint8_t uint16_t uint32_t uint64_t uintptr_t unsigned void \
            wchar_t string vector map",
        constants: "true false NULL nullptr",
        traits: Traits::CAPITAL_TYPES.and(Traits::PREPROCESSOR),
        ..BASE
    },
    Language {
        names: "csharp cs c# csx",
        keywords: "abstract as async await base break case catch checked class const continue default delegate \
            do else enum event explicit extern finally fixed for foreach get goto if implicit in init \
            interface internal is lock namespace new operator out override params partial private protected \
            public readonly record ref required return sealed set sizeof stackalloc static struct switch this \
            throw try typeof unchecked unsafe using var virtual volatile when where while with yield",
        types: "bool byte char decimal double dynamic float int long nint nuint object sbyte short string uint \
            ulong ushort void",
        quotes: &[long("\"\"\""), short("\""), short("'")],
        traits: Traits::CAPITAL_TYPES.and(Traits::PREPROCESSOR),
        ..BASE
    },
    Language {
        names: "java groovy gradle jsp",
        keywords: "abstract assert break case catch class const continue def default do else enum exports \
            extends final finally for goto if implements import in instanceof interface module native new \
            non-sealed package permits private protected public record requires return sealed static \
            strictfp super switch synchronized this throw throws transient try var volatile when while yield",
        types: "boolean byte char double float int long short void",
        quotes: &[long("\"\"\""), short("\""), short("'")],
        traits: Traits::CAPITAL_TYPES.and(Traits::DECORATORS),
        ..BASE
    },
    Language {
        names: "kotlin kt kts",
        keywords: "abstract actual annotation as break by catch class companion const constructor continue \
            crossinline data do else enum expect external final finally for fun get if import in infix init \
            inline inner interface internal is lateinit noinline object open operator out override package \
            private protected public reified return sealed set super suspend tailrec this throw try \
            typealias typeof val value var vararg when where while",
        types: "Any Boolean Byte Char Double Float Int Long Nothing Short String Unit",
        quotes: &[verbatim("\"\"\"", "\"\"\""), short("\""), short("'")],
        traits: Traits::CAPITAL_TYPES
            .and(Traits::DECORATORS)
            .and(Traits::NESTS),
        ..BASE
    },
    Language {
        names: "swift",
        keywords: "actor as associatedtype async await break case catch class continue convenience default \
            defer deinit do else enum extension fallthrough fileprivate final for func get guard if import in \
            indirect infix init inout internal is lazy let mutating nonisolated open operator override \
            private protocol public repeat required rethrows return self set some any static struct \
            subscript super switch throw throws try typealias unowned var weak where while",
        types: "Any Bool Character Double Float Int String UInt Void",
        constants: "true false nil",
        quotes: &[long("\"\"\""), short("\"")],
        traits: Traits::CAPITAL_TYPES
            .and(Traits::DECORATORS)
            .and(Traits::NESTS),
        ..BASE
    },
    Language {
        names: "scala sc sbt",
        keywords: "abstract case catch class def derives do else end enum export extends extension final \
            finally for given if implicit import inline lazy match new object opaque open override package \
            private protected return sealed super then this throw trait transparent try type using val var \
            while with yield",
        types: "Any AnyRef Boolean Byte Char Double Float Int Long Nothing Short String Unit",
        quotes: &[verbatim("\"\"\"", "\"\"\""), short("\""), short("'")],
        traits: Traits::CAPITAL_TYPES
            .and(Traits::DECORATORS)
            .and(Traits::NESTS)
            .and(Traits::PREFIXES),
        ..BASE
    },
    Language {
        names: "php php3 php7 php8 phtml",
        keywords: "abstract and array as break case catch class clone const continue declare default do echo \
            else elseif empty enddeclare endfor endforeach endif endswitch endwhile enum exit extends final \
            finally fn for foreach function global goto if implements include include_once instanceof \
            insteadof interface isset list match namespace new or print private protected public readonly \
            require require_once return static switch throw trait try unset use var while xor yield",
        types: "bool float int iterable mixed never object self string void",
        remarks: &["//", "#"],
        traits: Traits::CAPITAL_TYPES
            .and(Traits::DOLLARS)
            .and(Traits::HEREDOCS)
            .and(Traits::BRACKET_ATTRIBUTES),
        ..BASE
    },
    Language {
        names: "ruby rb irb rake gemspec gemfile crystal cr",
        keywords: "alias and begin break case class def defined do else elsif end ensure extend for if in \
            include loop module next not or prepend private protected public raise redo rescue retry return \
            super then undef unless until when while yield require require_relative attr_accessor \
            attr_reader attr_writer lambda proc",
        constants: "true false nil self __FILE__ __LINE__",
        remarks: &["#"],
        blocks: &[("=begin", "=end")],
        quotes: &[long("\""), long("'"), short("`")],
        traits: Traits::CAPITAL_TYPES
            .and(Traits::SYMBOLS)
            .and(Traits::HEREDOCS),
        ..BASE
    },
    Language {
        names: "bash sh shell zsh ksh fish ash dash console shell-session shellsession sh-session terminal",
        keywords: "alias break case cd continue declare do done echo elif else end esac eval exec exit export \
            fi for function if in local printf read readonly return select set shift source then trap \
            unset until while sudo",
        constants: "true false",
        remarks: &["#"],
        blocks: &[],
        quotes: &[long("\""), verbatim("'", "'"), short("`")],
        traits: Traits::DOLLARS.and(Traits::HEREDOCS),
        ..BASE
    },
    Language {
        names: "powershell ps1 pwsh psm1 psd1 ps",
        keywords: "begin break catch class continue data do dynamicparam else elseif end enum exit filter \
            finally for foreach from function hidden if in param process return static switch throw trap try \
            until using while",
        constants: "",
        remarks: &["#"],
        blocks: &[("<#", "#>")],
        quotes: &[
            verbatim("@\"", "\"@"),
            verbatim("@'", "'@"),
            verbatim("\"", "\""),
            verbatim("'", "'"),
        ],
        traits: Traits::DOLLARS.and(Traits::ANY_CASE),
        ..BASE
    },
    Language {
        names: "bat batch cmd dosbatch",
        keywords: "call cd copy del do echo else endlocal errorlevel exist exit for goto if in mkdir move not \
            pause pushd popd rem ren rmdir set setlocal shift start",
        constants: "",
        remarks: &["::", "REM ", "rem "],
        blocks: &[],
        quotes: &[short("\"")],
        traits: Traits::ANY_CASE,
        ..BASE
    },
    Language {
        names: "sql mysql postgres postgresql psql sqlite plsql tsql pgsql plpgsql mariadb ddl",
        keywords: "add all alter analyze and any as asc begin between by cascade case cast check collate column \
            commit conflict constraint create cross current database declare default delete desc distinct do \
            drop each else end except execute exists explain fetch for foreign from full function grant group \
            having if ignore ilike in index inner insert intersect into is join key language lateral left like \
            limit materialized merge natural not nothing offset on or order outer over partition primary \
            procedure recursive references rename replace returning returns right rollback row rows schema \
            select set sequence table temporary then to transaction trigger truncate union unique update \
            using vacuum values view when where window with",
        types: "bigint bigserial blob boolean bytea char date datetime decimal double float int integer \
            interval json jsonb numeric real serial smallint text time timestamp timestamptz tinyint uuid \
            varchar",
        remarks: &["--"],
        quotes: &[verbatim("'", "'"), short("\""), short("`")],
        traits: Traits::ANY_CASE,
        ..BASE
    },
    Language {
        names: "json jsonc json5 jsonl ndjson geojson webmanifest",
        quotes: &[short("\"")],
        traits: Traits::TEXT_KEYS,
        ..BASE
    },
    Language {
        names: "lua luau",
        keywords: "and break do else elseif end for function goto if in local not or repeat return then until \
            while",
        constants: "true false nil self",
        remarks: &["--"],
        blocks: &[("--[[", "]]"), ("--[=[", "]=]")],
        quotes: &[verbatim("[[", "]]"), short("\""), short("'")],
        traits: Traits::NONE,
        ..BASE
    },
    Language {
        names: "r rscript rmd",
        keywords: "break else for function if in library next repeat require return source while",
        constants: "TRUE FALSE NULL NA NaN Inf",
        remarks: &["#"],
        blocks: &[],
        quotes: &[long("\""), long("'")],
        traits: Traits::NONE,
        ..BASE
    },
    Language {
        names: "julia jl",
        keywords: "abstract baremodule begin break catch const continue do else elseif end export finally for \
            function global if import in let local macro module mutable primitive quote return struct try \
            type using where while",
        constants: "true false nothing missing Inf NaN",
        remarks: &["#"],
        blocks: &[("#=", "=#")],
        quotes: &[long("\"\"\""), short("\"")],
        traits: Traits::CAPITAL_TYPES.and(Traits::DECORATORS),
        ..BASE
    },
    Language {
        names: "haskell hs lhs elm purescript purs",
        keywords: "as case class data default deriving do else exposing family forall foreign hiding if import \
            in infix infixl infixr instance let module newtype of port qualified then type where",
        constants: "True False Nothing Just Left Right otherwise",
        remarks: &["--"],
        blocks: &[("{-", "-}")],
        quotes: &[long("\"\"\""), short("\"")],
        traits: Traits::CAPITAL_TYPES.and(Traits::NESTS),
        ..BASE
    },
    Language {
        names: "ocaml ml mli fsharp fs f# fsx",
        keywords: "and as assert begin class constraint do done downto else end exception external for fun \
            function functor if in include inherit initializer lazy let match member method module mutable \
            namespace new object of open or private rec sig struct then to try type use val virtual when \
            while with yield",
        types: "bool char float int list option string unit",
        constants: "true false None Some",
        remarks: &["//"],
        blocks: &[("(*", "*)")],
        quotes: &[long("\"\"\""), long("\"")],
        traits: Traits::CAPITAL_TYPES.and(Traits::NESTS),
        ..BASE
    },
    Language {
        names: "elixir ex exs eex heex erlang erl hrl",
        keywords: "after alias and case catch cond def defdelegate defexception defguard defimpl defmacro \
            defmodule defp defprotocol defstruct do else end fn for if import in not or quote raise receive \
            require rescue super throw try unless unquote use when with of begin fun",
        constants: "true false nil self",
        remarks: &["#", "%%"],
        blocks: &[],
        quotes: &[long("\"\"\""), long("'''"), long("\""), short("'")],
        traits: Traits::CAPITAL_TYPES.and(Traits::SYMBOLS),
        ..BASE
    },
    Language {
        names: "zig",
        keywords: "align allowzero and anyframe asm async await break callconv catch comptime const continue \
            defer else enum errdefer error export extern fn for if inline linksection noalias nosuspend or \
            orelse packed pub resume return struct suspend switch test threadlocal try union unreachable \
            usingnamespace var volatile while",
        types: "anyerror anyopaque anytype bool comptime_float comptime_int f16 f32 f64 f128 i8 i16 i32 i64 \
            i128 isize noreturn type u1 u8 u16 u32 u64 u128 usize void",
        constants: "true false null undefined",
        blocks: &[],
        traits: Traits::CAPITAL_TYPES.and(Traits::DECORATORS),
        ..BASE
    },
    Language {
        names: "dart",
        keywords: "abstract as assert async await base break case catch class const continue covariant default \
            deferred do else enum export extends extension external factory final finally for get hide if \
            implements import in interface is late library mixin new on operator part required rethrow \
            return sealed set show static super switch sync this throw try typedef var when while with yield",
        types: "bool double dynamic int num void",
        quotes: &[long("\"\"\""), long("'''"), short("\""), short("'")],
        traits: Traits::CAPITAL_TYPES
            .and(Traits::DECORATORS)
            .and(Traits::NESTS),
        ..BASE
    },
    Language {
        names: "perl pl pm raku",
        keywords: "and bless cmp continue die do each else elsif eq eval foreach for ge given goto gt if keys \
            last le local lt my ne next no not or our package print printf push redo require return say \
            scalar shift splice sub undef unless until use values wantarray when while xor",
        constants: "",
        remarks: &["#"],
        blocks: &[("=pod", "=cut")],
        quotes: &[long("\""), verbatim("'", "'"), short("`")],
        traits: Traits::DOLLARS
            .and(Traits::HEREDOCS)
            .and(Traits::DECORATORS),
        ..BASE
    },
    Language {
        names: "dockerfile docker containerfile",
        keywords: "add arg as cmd copy entrypoint env expose from healthcheck label maintainer onbuild run \
            shell stopsignal user volume workdir",
        constants: "",
        remarks: &["#"],
        blocks: &[],
        traits: Traits::DOLLARS.and(Traits::ANY_CASE).and(Traits::HEREDOCS),
        ..BASE
    },
    Language {
        names: "makefile make mk gnumakefile just justfile",
        keywords: "define else endef endif export ifdef ifeq ifndef ifneq include override unexport vpath set",
        constants: "",
        remarks: &["#"],
        blocks: &[],
        traits: Traits::DOLLARS.and(Traits::TARGETS),
        ..BASE
    },
    Language {
        names: "cmake",
        keywords: "break continue else elseif endforeach endfunction endif endmacro endwhile foreach function \
            if macro return while",
        constants: "ON OFF TRUE FALSE",
        remarks: &["#"],
        blocks: &[("#[[", "]]")],
        quotes: &[long("\"")],
        traits: Traits::DOLLARS,
        ..BASE
    },
    Language {
        names: "nix",
        keywords: "assert else if import in inherit let or rec then with",
        constants: "true false null",
        remarks: &["#"],
        quotes: &[verbatim("''", "''"), long("\"")],
        traits: Traits::DOLLARS,
        ..BASE
    },
    Language {
        names: "hcl terraform tf tfvars bicep",
        keywords: "data dynamic for for_each if in locals module output provider resource terraform variable",
        types: "any bool list map number object set string tuple",
        remarks: &["#", "//"],
        quotes: &[short("\"")],
        traits: Traits::HEREDOCS,
        ..BASE
    },
    Language {
        names: "graphql gql protobuf proto prisma thrift",
        keywords: "datasource directive enum extend extends fragment generator implements import input interface \
            message model mutation on oneof option optional package query reserved returns repeated required \
            rpc scalar schema service stream subscription syntax type union",
        types: "bool bytes double fixed32 fixed64 float int32 int64 map sint32 sint64 string uint32 uint64",
        remarks: &["//", "#"],
        quotes: &[long("\"\"\""), short("\""), short("'")],
        traits: Traits::CAPITAL_TYPES
            .and(Traits::DOLLARS)
            .and(Traits::DECORATORS),
        ..BASE
    },
    Language {
        names: "solidity sol",
        keywords: "abstract assembly break case catch constant constructor continue contract delete do else \
            emit enum error event external fallback final for function if immutable import indexed interface \
            internal is library mapping memory modifier new override payable pragma private public pure \
            receive require return returns revert storage calldata struct switch this throw try type \
            unchecked using view virtual while",
        types: "address bool byte bytes bytes32 int int256 string uint uint8 uint256",
        ..BASE
    },
    Language {
        names: "lisp clojure clj cljs edn scheme scm racket rkt elisp el common-lisp",
        keywords: "and begin case cond def define defmacro defmethod defn defun do else fn for if import in \
            lambda let loop not ns or progn quote recur require set setq unless use when while",
        constants: "true false nil t",
        remarks: &[";"],
        blocks: &[("#|", "|#")],
        quotes: &[long("\"")],
        traits: Traits::SYMBOLS,
        ..BASE
    },
    Language {
        names: "asm assembly nasm x86asm s armasm",
        keywords: "add and call cmp dec div inc int ja jb je jg jl jmp jne jnz jz lea mov mul nop or pop push \
            ret sub syscall test xor section global extern db dd dq dw",
        types: "al ah ax eax rax bl bx ebx rbx cl cx ecx rcx dl dx edx rdx esi rsi edi rdi esp rsp ebp rbp",
        constants: "",
        remarks: &[";", "#"],
        traits: Traits::ANY_CASE,
        ..BASE
    },
    Language {
        names: "nginx nginxconf caddyfile apache apacheconf",
        keywords: "deny events http if include listen location map proxy_pass proxy_set_header return rewrite \
            root server server_name try_files upstream allow",
        constants: "on off",
        remarks: &["#"],
        blocks: &[],
        traits: Traits::DOLLARS,
        ..BASE
    },
    format(
        "html htm xhtml xml svg xsl xsd plist rss atom jinja jinja2 handlebars hbs erb ejs mdx",
        Grammar::Markup,
    ),
    format("css scss sass less styl", Grammar::Css),
    format("yaml yml openapi cff", Grammar::Yaml),
    format(
        "toml ini cfg conf config properties env dotenv editorconfig systemd desktop gitconfig",
        Grammar::Ini,
    ),
    format("diff patch udiff", Grammar::Diff),
    format("markdown md mkd qmd", Grammar::Markdown),
];
