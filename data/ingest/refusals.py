"""Why a file cannot be read at all: one plain sentence each, in three languages, with the next step."""

from __future__ import annotations

from data.errors import DataError, Text


class NotReadable(DataError):
    """Base of all refusals of a whole file; nothing was changed."""

    text = Text(
        "{file} cannot be read. Nothing was changed.",
        "无法读取 {file}。没有做任何更改。",
        "無法讀取 {file}。沒有做任何變更。",
    )


class NoSuchFile(NotReadable):
    """The path leads to no file."""

    text = Text(
        "There is no file {file}. Nothing was changed; check the name and the folder.",
        "找不到文件 {file}。没有做任何更改；请检查文件名和文件夹。",
        "找不到檔案 {file}。沒有做任何變更；請檢查檔名和資料夾。",
    )


class EmptyFile(NotReadable):
    """No bytes, or nothing but blanks."""

    text = Text(
        "{file} is empty. Nothing was changed; export it again.",
        "{file} 是空的。没有做任何更改；请重新导出。",
        "{file} 是空的。沒有做任何變更；請重新匯出。",
    )


class NotATable(NotReadable):
    """The bytes are of a kind that holds no table; `kind` says which."""

    text = Text(
        "{file} is {kind}, not a table. Nothing was changed; export it as CSV, Excel or Parquet.",
        "{file} 是{kind}，不是表格。没有做任何更改；请导出为 CSV、Excel 或 Parquet。",
        "{file} 是{kind}，不是表格。沒有做任何變更；請匯出為 CSV、Excel 或 Parquet。",
    )


class NoTable(NotReadable):
    """Readable text, but no header with rows below."""

    text = Text(
        "{file} holds no table: no line of column names with rows below it was found. Nothing was changed.",
        "{file} 中没有表格：找不到列名及其下面的数据行。没有做任何更改。",
        "{file} 中沒有表格：找不到欄名及其下方的資料列。沒有做任何變更。",
    )


class DamagedFile(NotReadable):
    """A workbook or Parquet file that its own library cannot open."""

    text = Text(
        "{file} looks like {kind} but cannot be opened; it may be cut off, damaged or protected by a password. "
        "Nothing was changed; save it again without a password or as CSV.",
        "{file} 看起来是{kind}，但无法打开；可能不完整、已损坏或有密码保护。没有做任何更改；"
        "请去掉密码重新保存，或另存为 CSV。",
        "{file} 看起來是{kind}，但無法開啟；可能不完整、已損壞或有密碼保護。沒有做任何變更；"
        "請移除密碼後重新儲存，或另存為 CSV。",
    )


class UndecodableText(NotReadable):
    """Text that does not keep to the encoding that its head promised."""

    text = Text(
        "{file} is not {encoding} text all the way: the bytes after line {line} cannot be read. "
        "Nothing was changed; export it again as UTF-8.",
        "{file} 并非全部为 {encoding} 文本：第 {line} 行之后的字节无法读取。没有做任何更改；请以 UTF-8 重新导出。",
        "{file} 並非全部為 {encoding} 文字：第 {line} 行之後的位元組無法讀取。沒有做任何變更；請以 UTF-8 重新匯出。",
    )


class UnknownEncoding(DataError):
    """An encoding that a person named and that there is not."""

    text = Text(
        "There is no text encoding '{name}'. Nothing was changed; take one of: {known}.",
        "没有名为“{name}”的文本编码。没有做任何更改；可选：{known}。",
        "沒有名為「{name}」的文字編碼。沒有做任何變更；可選：{known}。",
    )


class WrongDelimiter(DataError):
    """A delimiter that a person named and that cannot part cells."""

    text = Text(
        "'{delimiter}' cannot part the cells of a file: it must be one ASCII character, not a letter, digit, quotation "
        "mark or line end. Nothing was changed; take a comma, semicolon, tab or |.",
        "“{delimiter}”不能用作分隔符：必须是单个 ASCII 字符，且不是字母、数字、引号或换行。"
        "没有做任何更改；请使用逗号、分号、制表符或 |。",
        "「{delimiter}」不能用作分隔符號：必須是單一 ASCII 字元，且不是字母、數字、引號或換行。"
        "沒有做任何變更；請使用逗號、分號、定位字元或 |。",
    )


class TooWide(NotReadable):
    """More columns than the limit, or a cell longer than the limit."""

    text = Text(
        "{file} goes beyond a limit near line {line}: {found} {what}, at most {limit} are read. Nothing was changed.",
        "{file} 在第 {line} 行附近超出限制：{found} {what}，最多读取 {limit}。没有做任何更改。",
        "{file} 在第 {line} 行附近超出限制：{found} {what}，最多讀取 {limit}。沒有做任何變更。",
    )


class UnclosedQuote(NotReadable):
    """A cell that begins with a quotation mark and never ends."""

    text = Text(
        "{file}: the quotation mark that opens in line {line} is never closed, so the rows below cannot be told apart. "
        "Nothing was changed; put line {line} right, or export it again.",
        "{file}：第 {line} 行开始的引号没有结束，无法区分下面的行。没有做任何更改；请改正第 {line} 行或重新导出。",
        "{file}：第 {line} 行開始的引號沒有結束，無法區分下方的列。沒有做任何變更；請改正第 {line} 行或重新匯出。",
    )


COLUMNS = Text("columns", "列", "欄")
CHARACTERS = Text("characters in one cell", "个字符（单个单元格）", "個字元（單一儲存格）")

IMAGE = Text("an image", "图片", "圖片")
PDF = Text("a PDF document", "PDF 文档", "PDF 文件")
ARCHIVE = Text("a packed archive (unpack it first)", "压缩包（请先解压）", "壓縮檔（請先解壓縮）")
WEB_PAGE = Text("a web page", "网页", "網頁")
JSON = Text("JSON", "JSON 文件", "JSON 檔")
DOCUMENT = Text("an Office document", "Office 文档", "Office 文件")
SOUND_OR_FILM = Text("sound or film", "音频或视频", "音訊或影片")
DATABASE = Text("a database", "数据库文件", "資料庫檔")
BINARY = Text("a binary file", "二进制文件", "二進位檔")
WORKBOOK = Text("an Excel workbook", "Excel 工作簿", "Excel 活頁簿")
PARQUET = Text("a Parquet file", "Parquet 文件", "Parquet 檔")
