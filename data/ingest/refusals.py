"""Why a file cannot be read at all: one plain sentence each, in three languages, with the next step."""

from __future__ import annotations

from pathlib import Path

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


class Locked(NotReadable):
    """An archive that asks for a password."""

    text = Text(
        "{file} is protected by a password. Nothing was changed; pack it without one, or upload the files unpacked.",
        "{file} 受密码保护。没有做任何更改；请不设密码重新打包，或直接上传解压后的文件。",
        "{file} 受密碼保護。沒有做任何變更；請不設密碼重新壓縮，或直接上傳解壓縮後的檔案。",
    )


class BombLike(NotReadable):
    """An archive or workbook out of which more comes than the limits allow."""

    text = Text(
        "{file} unpacks to more than {limit:,} MB (or more than {ratio} times its size). Nothing was changed; upload "
        "its files one by one, or raise max_unpacked_mb or max_unpack_ratio in the settings.",
        "{file} 解压后超过 {limit:,} MB（或超过其大小的 {ratio} 倍）。没有做任何更改；"
        "请逐个上传其中的文件，或在设置中调高 max_unpacked_mb 或 max_unpack_ratio。",
        "{file} 解壓縮後超過 {limit:,} MB（或超過其大小的 {ratio} 倍）。沒有做任何變更；"
        "請逐一上傳其中的檔案，或在設定中調高 max_unpacked_mb 或 max_unpack_ratio。",
    )


class TooManyMembers(NotReadable):
    """An archive with more files than the limit."""

    text = Text(
        "{file} holds more than {limit} files. Nothing was changed; pack fewer together, or raise max_archive_files in "
        "the settings.",
        "{file} 包含超过 {limit} 个文件。没有做任何更改；请减少打包的文件，或在设置中调高 max_archive_files。",
        "{file} 包含超過 {limit} 個檔案。沒有做任何變更；請減少打包的檔案，或在設定中調高 max_archive_files。",
    )


class TooManyCells(NotReadable):
    """A sheet that reaches so far that it would not fit in memory."""

    text = Text(
        "Sheet '{sheet}' of {file} reaches to row {rows:,} and column {columns:,}: more than {limit:,} cells. Nothing "
        "was changed; delete what stands far away from the table, or save the sheet as CSV.",
        "{file} 的工作表“{sheet}”延伸到第 {rows:,} 行、第 {columns:,} 列，超过 {limit:,} 个单元格。没有做任何更改；"
        "请删除远离表格的内容，或将工作表另存为 CSV。",
        "{file} 的工作表「{sheet}」延伸到第 {rows:,} 列、第 {columns:,} 欄，超過 {limit:,} 個儲存格。沒有做任何變更；"
        "請刪除遠離表格的內容，或將工作表另存為 CSV。",
    )


class NotWorkedOut(NotReadable):
    """A workbook that some program wrote with formulas and never worked out: the cells would read as empty."""

    text = Text(
        "{file} holds formulas without their results (the first in cell {cell}), so their values are not known. "
        "Nothing was changed; open the file in a spreadsheet program, save it and upload that.",
        "{file} 中有未计算结果的公式（第一个在单元格 {cell}），无法得知其值。没有做任何更改；"
        "请用电子表格软件打开并保存后再上传。",
        "{file} 中有未計算結果的公式（第一個在儲存格 {cell}），無法得知其值。沒有做任何變更；"
        "請用試算表軟體開啟並儲存後再上傳。",
    )


class NothingInstead(NotReadable):
    """A period was to be replaced by a file without a row for it."""

    text = Text(
        "{file} has no rows, so the days that it was to replace stay as they are. Nothing was changed; if they shall "
        "go, take the batches that brought them back.",
        "{file} 中没有数据行，因此要替换的日期保持不变。没有做任何更改；如需删除这些日期的数据，请撤回带来它们的批次。",
        "{file} 中沒有資料列，因此要取代的日期保持不變。沒有做任何變更；如需刪除這些日期的資料，請撤回帶來它們的批次。",
    )


class ChangedMeanwhile(NotReadable):
    """A file whose bytes are not those that were looked at."""

    text = Text(
        "{file} changed while it was read. Nothing was loaded; wait until it is written to its end and load it again.",
        "{file} 在读取过程中发生了变化。没有加载任何数据；请等文件写完后重新加载。",
        "{file} 在讀取過程中發生了變化。沒有載入任何資料；請等檔案寫完後重新載入。",
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
PACKED = Text("a packed archive", "压缩包", "壓縮檔")
WEB_PAGE = Text("a web page", "网页", "網頁")
JSON = Text("JSON", "JSON 文件", "JSON 檔")
DOCUMENT = Text("an Office document", "Office 文档", "Office 文件")
SOUND_OR_FILM = Text("sound or film", "音频或视频", "音訊或影片")
DATABASE = Text("a database", "数据库文件", "資料庫檔")
BINARY = Text("a binary file", "二进制文件", "二進位檔")
WORKBOOK = Text("an Excel workbook", "Excel 工作簿", "Excel 活頁簿")
PARQUET = Text("a Parquet file", "Parquet 文件", "Parquet 檔")


def too_long(path: Path, line: int, found: int, limit: int) -> TooWide:
    """The refusal of a file for one cell of `found` characters."""
    return TooWide(file=path.name, line=line, found=f"{found:,}", what=CHARACTERS, limit=f"{limit:,}")
