"""Why a large file is not taken, and what becomes of it."""

from __future__ import annotations

from typing import ClassVar

from data.errors import DataError, Text


class ArrivalError(DataError):
    """Base of all; `status` is the HTTP status that goes with the sentence."""

    status: ClassVar[int] = 400


class WrongFile(ArrivalError):
    """What was announced and what came do not fit, or there is nothing to send."""

    text = Text(
        "This file cannot be sent: it is empty, has no name, or changed while it was sent. Nothing was loaded. "
        "Drop it again.",
        "此文件无法发送：文件为空、没有文件名，或在发送期间发生了变化。没有加载任何内容。请重新放入文件。",
        "此檔案無法傳送：檔案為空、沒有檔名，或在傳送期間發生了變化。沒有載入任何內容。請重新放入檔案。",
    )


class TooLarge(ArrivalError):
    """The file is larger than the settings allow."""

    status = 413
    text = Text(
        "This file is larger than {limit} MB. Nothing was sent or loaded. Export fewer days at a time, "
        "or have the largest file raised on the settings page.",
        "此文件超过 {limit} MB。没有发送或加载任何内容。请分几次导出较短的日期范围，或在设置页提高文件大小上限。",
        "此檔案超過 {limit} MB。沒有傳送或載入任何內容。請分幾次匯出較短的日期範圍，或在設定頁提高檔案大小上限。",
    )


class TooMany(ArrivalError):
    """Too many files are on their way."""

    status = 429
    text = Text(
        "Too many large files are on their way already. This one waits unsent. Let the others end or cancel one, "
        "then press resume.",
        "已有过多大文件正在发送，此文件尚未发送。请等其他文件发送完毕或取消其中一个，再点击“继续”。",
        "已有過多大型檔案正在傳送，此檔案尚未傳送。請等其他檔案傳送完畢或取消其中一個，再按「繼續」。",
    )


class NoRoom(ArrivalError):
    """The server's disk cannot take the file."""

    status = 507
    text = Text(
        "The server's disk has no room for this file. Nothing was loaded; what is here stands. "
        "Ask whoever runs Sevenboard to make room, then press resume.",
        "服务器磁盘空间不足，无法接收此文件。没有加载任何内容，现有数据不变。"
        "请联系 Sevenboard 管理员清理空间，再点击“继续”。",
        "伺服器磁碟空間不足，無法接收此檔案。沒有載入任何內容，現有資料不變。"
        "請聯絡 Sevenboard 管理員清出空間，再按「繼續」。",
    )


class UnknownArrival(ArrivalError):
    """No such file is on its way from this browser."""

    status = 404
    text = Text(
        "The server no longer has the part of this file that was sent: it was cancelled, lay for a day, or the server "
        "was started again. Nothing was loaded. Drop the file again.",
        "服务器上已没有此文件已发送的部分：可能已取消、已搁置一天，或服务器重新启动过。没有加载任何内容。请重新放入文件。",
        "伺服器上已沒有此檔案已傳送的部分：可能已取消、已擱置一天，或伺服器重新啟動過。沒有載入任何內容。請重新放入檔案。",
    )


class WrongOffset(ArrivalError):
    """Another number of bytes is here; `have` says how many."""

    status = 409
    text = Text(
        "{have} bytes of this file are here; sending goes on from there.",
        "服务器已收到此文件的 {have} 字节，将从该处继续发送。",
        "伺服器已收到此檔案的 {have} 位元組，將從該處繼續傳送。",
    )


class NotWhole(WrongOffset):
    """The file was called whole, but bytes are missing."""


class Stranger(ArrivalError):
    """The request does not come from our own page."""

    status = 403
    text = Text(
        "This was refused: it did not come from the uploads page of this browser. Nothing was sent. "
        "Reload the page and drop the file again.",
        "请求被拒绝：它并非来自此浏览器中的数据上传页面。没有发送任何内容。请刷新页面后重新放入文件。",
        "要求遭拒絕：它並非來自此瀏覽器中的資料上傳頁面。沒有傳送任何內容。請重新整理頁面後再放入檔案。",
    )
