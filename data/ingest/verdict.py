"""Why a table is not loaded as it is: one sentence, with what would help."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from data.errors import DataError, Text
from data.ingest.layout import impersonal
from data.ingest.match import Match
from data.ingest.recipe import Recipe
from data.ingest.unfit import NoTableKeepsIt

SHOWN_HEADERS = 8
IT = Text("it", "它", "它")
OTHERS = Text(
    "Of the {count} tables in the file {left} stay out; the first, in line {line}: {why}",
    "文件中的 {count} 个表有 {left} 个未加载；第一个在第 {line} 行：{why}",
    "檔案中的 {count} 個表有 {left} 個未載入；第一個在第 {line} 列：{why}",
)


class NotRecognised(DataError):
    """A table that no source, mapping or alias explains well enough to load."""

    text = Text(
        "{file} was not recognised: its columns ({headers}) fit no known export and no table. Nothing was loaded; "
        "name the table, or write a mapping.",
        "无法识别 {file}：它的列（{headers}）不符合任何已知的导出格式或数据表。"
        "没有加载任何数据；请指定数据表或编写映射。",
        "無法識別 {file}：它的欄（{headers}）不符合任何已知的匯出格式或資料表。"
        "沒有載入任何資料；請指定資料表或撰寫對應。",
    )


class LacksColumns(DataError):
    """A table that was understood, but for columns it cannot do without."""

    text = Text(
        "{file} reads like {table}, but nothing in it stands for: {columns}. Nothing was loaded; name the header in a "
        "mapping, or one value for all rows ({column}: {{constant: …}}).",
        "{file} 看起来是 {table}，但其中没有：{columns}。没有加载任何数据；请在映射中指定列名，"
        "或为所有行指定同一个值（{column}: {{constant: …}}）。",
        "{file} 看起來是 {table}，但其中沒有：{columns}。沒有載入任何資料；請在對應中指定欄名，"
        "或為所有列指定同一個值（{column}: {{constant: …}}）。",
    )


class LacksDays(DataError):
    """A list or report that was understood, but does not say of which day or days it is."""

    text = Text(
        "{file} reads like {table}, but does not say of which day or days it is ({column}). Nothing was loaded; say it "
        "on the page, or with --day, and --until where it covers several.",
        "{file} 看起来是 {table}，但没有说明是哪一天或哪些天的数据（{column}）。没有加载任何数据；"
        "请在页面上说明，或用 --day 给出，覆盖多天时再加 --until。",
        "{file} 看起來是 {table}，但沒有說明是哪一天或哪些天的資料（{column}）。沒有載入任何資料；"
        "請在頁面上說明，或用 --day 給出，涵蓋多天時再加 --until。",
    )


class OrderIsOpen(DataError):
    """A table whose dates may be read in two ways."""

    text = Text(
        "{file} reads like {table}, but {column} may be day/month or month/day ({samples}). Nothing was loaded; say on "
        "the page which it is, or in a mapping (date_orders).",
        "{file} 看起来是 {table}，但 {column} 可能是日/月，也可能是月/日（{samples}）。没有加载任何数据；"
        "请在页面上或映射中（date_orders）说明。",
        "{file} 看起來是 {table}，但 {column} 可能是日/月，也可能是月/日（{samples}）。沒有載入任何資料；"
        "請在頁面上或對應中（date_orders）說明。",
    )


class CommaIsOpen(DataError):
    """A table whose numbers may be read in two ways."""

    text = Text(
        "{file} reads like {table}, but the comma in {column} may part thousands or decimals ({samples}), and no other "
        "number of the file tells. Nothing was loaded; say on the page which it is, or in a mapping (date_orders).",
        "{file} 看起来是 {table}，但 {column} 中的逗号可能是千位分隔符，也可能是小数点（{samples}），"
        "文件中也没有其他数字可以判断。没有加载任何数据；请在页面上或映射中（date_orders）说明。",
        "{file} 看起來是 {table}，但 {column} 中的逗號可能是千分位，也可能是小數點（{samples}），"
        "檔案中也沒有其他數字可以判斷。沒有載入任何資料；請在頁面上或對應中（date_orders）說明。",
    )


class OnlyLikely(DataError):
    """A table that only looks like one of ours."""

    text = Text(
        "{file} may be {table}: {read} of its {all} columns are named much like it. Nothing was loaded; look at the "
        "proposal on the page, or load it with --accept-proposals.",
        "{file} 可能是 {table}：{all} 列中有 {read} 列名称相近。没有加载任何数据；"
        "请在页面上查看建议，或用 --accept-proposals 加载。",
        "{file} 可能是 {table}：{all} 欄中有 {read} 欄名稱相近。沒有載入任何資料；"
        "請在頁面上查看建議，或用 --accept-proposals 載入。",
    )


class AsksAboutPeriods(DataError):
    """A month or a day a column, and nobody said whether these become rows."""

    text = Text(
        "{file} has a column for each period ({headers}). Nothing was loaded; say whether each becomes a row "
        "(--unpivot, with --year where they do not say it) or stays a column (--no-unpivot).",
        "{file} 的每个期间是一列（{headers}）。没有加载任何数据；请说明是把每个期间转成一行"
        "（--unpivot；列名没有年份时加 --year），还是保留为列（--no-unpivot）。",
        "{file} 的每個期間是一欄（{headers}）。沒有載入任何資料；請說明是把每個期間轉成一列"
        "（--unpivot；欄名沒有年份時加 --year），還是保留為欄（--no-unpivot）。",
    )


class NothingReadsTheValues(DataError):
    """An unpivoted table whose values no column takes."""

    text = Text(
        "{file} became rows with a period and a value, but nothing reads '{column}'. Nothing was loaded; say on the "
        "page or in a mapping which column the values are.",
        "{file} 已转成每个期间一行，但没有任何列读取“{column}”。"
        "没有加载任何数据；请在页面上或映射中说明这些值是哪一列。",
        "{file} 已轉成每個期間一列，但沒有任何欄讀取「{column}」。"
        "沒有載入任何資料；請在頁面上或對應中說明這些值是哪一欄。",
    )


class WaitsForWord(DataError):
    """A table of a known source that nobody should load without knowing something about it."""

    text = Text(
        "{file} is a {source}. {caution}. Nothing was loaded; confirm it on the page or with --accept-proposals to "
        "load it all the same.",
        "{file} 是{source}。{caution}。没有加载任何数据；如仍要加载，请在页面上或用 --accept-proposals 确认。",
        "{file} 是{source}。{caution}。沒有載入任何資料；如仍要載入，請在頁面上或用 --accept-proposals 確認。",
    )


def with_others(message: Text, others: Sequence[Match], count: int) -> Text:
    """What is said of a loaded file, and of its `others` among `count` tables that stay out."""
    if not others:
        return message
    why = why_it_stays_out(others[0])
    rest = OTHERS.fill(left=len(others), count=count, line=others[0].layout.header_line, why=why)
    return Text(f"{message.en} {rest.en}", message.zh_hans + rest.zh_hans, message.zh_hant + rest.zh_hant)


def why_it_stays_out(found: Match, titled: Callable[[str], str] = str) -> Text:
    """The same of one table among several, of which the reader sees the head."""
    why = why_not(IT, found, titled)
    return Text(why.en, why.zh_hans.replace("它 ", "它"), why.zh_hant.replace("它 ", "它"))


def why_not(file: str | Text, found: Match, titled: Callable[[str], str] = str) -> Text:
    """Why this table of the file waits or is refused; `titled` says what readers call a table of ours."""
    recipe = found.recipe
    if found.wide:
        headers = _shown([one.name for one in found.wide.headers])
        return AsksAboutPeriods(file=file, headers=headers).sentence
    if recipe is None:
        unfit = found.unfit
        if unfit is not None:
            return NoTableKeepsIt(file=file, row=unfit.row, table=titled(unfit.nearest), why=unfit.why).sentence
        return NotRecognised(file=file, headers=_shown(found.layout.names)).sentence
    table = titled(found.tables[0])
    if found.missing and set(found.missing) == _days_of(recipe):
        return LacksDays(file=file, table=table, column=found.missing[0]).sentence
    if found.missing:
        columns, column = ", ".join(found.missing), found.missing[0].split(".")[-1]
        return LacksColumns(file=file, table=table, columns=columns, column=column).sentence
    if found.open_questions:
        first = found.open_questions[0]
        samples = ", ".join(first.samples)
        open_one = CommaIsOpen if first.is_of_numbers else OrderIsOpen
        return open_one(file=file, table=table, column=first.header, samples=samples).sentence
    if found.is_hollow:
        return NothingReadsTheValues(file=file, column=impersonal(found.layout.names[-1])).sentence
    if recipe.caution:
        return WaitsForWord(file=file, source=recipe.names, caution=recipe.caution).sentence
    read, every = len(found.proposals), len(found.layout.headers)
    return OnlyLikely(file=file, table=table, read=read, all=every).sentence


def _shown(headers: Sequence[str]) -> str:
    # The sentence ends in logs and reports, which are passed around.
    shown = ", ".join(map(impersonal, headers[:SHOWN_HEADERS]))
    return shown + (" …" if len(headers) > SHOWN_HEADERS else "")


def _days_of(recipe: Recipe) -> set[str | None]:
    """The columns of days that a person may give for the whole file."""
    contracts = [part.contract for part in recipe.parts]
    return {one.time_column for one in contracts if one.cut_columns or one.is_snapshot}
