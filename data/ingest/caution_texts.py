"""The sentences of cautions: what was found, with its number, and what to do."""

from data.errors import Text

OF_SOURCE = Text("{caution}.", "{caution}。", "{caution}。")
OLDER = Text(
    "{rows} rows would go back to what this older file says: batch {batch} of the same source is newer ({newest}, this "
    "one {ours}). Load it only if that batch was wrong; else leave it out.",
    "{rows} 行将退回到这份较旧文件的内容：同一来源的批次 {batch} 更新（{newest}，本文件 {ours}）。"
    "仅当该批次有误时才加载；否则请不要加载。",
    "{rows} 列將退回到這份較舊檔案的內容：同一來源的批次 {batch} 較新（{newest}，本檔案 {ours}）。"
    "僅當該批次有誤時才載入；否則請不要載入。",
)
LARGER = Text(
    "{column} is about {times} times larger than what this source brought before (median {now} against {before}): "
    "cents instead of whole units? If so, divide it by 100 in the mapping before you load.",
    "{column} 约为此来源以往的 {times} 倍（中位数 {now}，以往 {before}）：单位是否是分？"
    "如果是，请先在映射中除以 100 再加载。",
    "{column} 約為此來源以往的 {times} 倍（中位數 {now}，以往 {before}）：單位是否為分？"
    "如果是，請先在對應中除以 100 再載入。",
)
SMALLER = Text(
    "{column} is about {times} times smaller than what this source brought before (median {now} against {before}): "
    "another unit? If so, multiply it by 100 in the mapping before you load.",
    "{column} 约为此来源以往的 1/{times}（中位数 {now}，以往 {before}）：单位是否不同？"
    "如果是，请先在映射中乘以 100 再加载。",
    "{column} 約為此來源以往的 1/{times}（中位數 {now}，以往 {before}）：單位是否不同？"
    "如果是，請先在對應中乘以 100 再載入。",
)
FUTURE = Text(
    "{rows} rows lie in the future by {column}, the last on {day}. Look whether day, month and year were read right.",
    "按 {column}，有 {rows} 行的日期在未来，最晚为 {day}。请检查年、月、日是否读取正确。",
    "依 {column}，有 {rows} 列的日期在未來，最晚為 {day}。請檢查年、月、日是否讀取正確。",
)
LEAVERS = Text(
    "{leavers} of {people} people are marked as having left in {month} by is_exit: does the file mark all who ever "
    "left? Then that month's turnover counts them all: map the day on which they left (exit_date), or leave is_exit "
    "without a column. Where they did leave in that month, load it as it is.",
    "按 is_exit，{people} 人中有 {leavers} 人被标记为在 {month}离职：文件标记的是否是所有曾经离职的人？"
    "如果是，该月的离职率会把他们全部计入：请映射离职日期（exit_date），或不为 is_exit 指定列。"
    "如果他们确实在该月离职，请照常加载。",
    "依 is_exit，{people} 人中有 {leavers} 人被標記為在 {month}離職：檔案標記的是否為所有曾經離職的人？"
    "如果是，該月的離職率會把他們全部計入：請對應離職日期（exit_date），或不為 is_exit 指定欄。"
    "如果他們確實在該月離職，請照常載入。",
)
REFUSED_WHOLE = Text(
    "{rows} rows were refused while their period is replaced: earlier versions of them go too. Put them right first, "
    "or add and change by key instead.",
    "替换整个时间段的同时有 {rows} 行被拒绝：它们以前的版本也会被移除。请先改正这些行，或改为按键新增和更改。",
    "取代整個期間的同時有 {rows} 列被拒絕：它們以前的版本也會被移除。請先改正這些列，或改為依鍵新增和變更。",
)
REPEATED = Text(
    "{keys} times {column} stands in several rows with different amounts, of which the first counts. If each row is a "
    "part of an order, the file is a list of order lines: choose that table, or sum the amounts in the mapping.",
    "有 {keys} 个 {column} 出现在多行且金额不同，仅第一行计入。如果每行是订单的一部分，该文件就是订单明细："
    "请选择该数据表，或在映射中对金额求和。",
    "有 {keys} 個 {column} 出現在多列且金額不同，僅第一列計入。如果每列是訂單的一部分，該檔案就是訂單明細："
    "請選擇該資料表，或在對應中對金額加總。",
)
TAKEN_OVER = Text(
    "{rows} rows with the same keys came from another source or shop ({source}, batch {batch}) and are changed. "
    "Take one of the two back if they should not meet.",
    "{rows} 行与另一来源或店铺（{source}，批次 {batch}）的键相同，将被更改。如果两者不应合并，请撤回其中之一。",
    "{rows} 列與另一來源或商店（{source}，批次 {batch}）的鍵相同，將被變更。如果兩者不應合併，請撤回其中之一。",
)
A_TEMPLATE = Text("our template", "本系统的模板", "本系統的範本")
OVERLAPS = Text(
    "Batch {batch} from another source or shop ({source}) has rows on the same days ({first} to {last}). If both "
    "tell of the same things they count twice: compare the KPIs, and take one of the two back.",
    "另一来源或店铺（{source}）的批次 {batch} 在相同日期（{first} 至 {last}）也有数据。"
    "如果两者记录的是同样的内容，就会重复计算：请核对指标，并撤回其中之一。",
    "另一來源或商店（{source}）的批次 {batch} 在相同日期（{first} 至 {last}）也有資料。"
    "如果兩者記錄的是同樣的內容，就會重複計算：請核對指標，並撤回其中之一。",
)
SAME_NAME = Text(
    "A file called {file} was loaded before with other content (batch {batch}, {when} UTC). Rows meet by key; take "
    "that batch back if this file corrects it whole.",
    "同名文件 {file} 曾以不同内容加载过（批次 {batch}，{when} UTC）。"
    "行按键合并；如果本文件是对它的整体更正，请撤回该批次。",
    "同名檔案 {file} 曾以不同內容載入過（批次 {batch}，{when} UTC）。"
    "列依鍵合併；如果本檔案是對它的整體更正，請撤回該批次。",
)
