"""Where Streamlit meets metrics and data: everything a page file calls."""

from pages.kit.company import CompanyBoard, company
from pages.kit.department import Board, Row, department
from pages.kit.header import lake_switch, page_header
from pages.kit.notice import explaining, notice
from pages.kit.style import use_style
from pages.kit.text import say
from pages.kit.visit import Visit, current, visiting

__all__ = [
    "Board",
    "CompanyBoard",
    "Row",
    "Visit",
    "company",
    "current",
    "department",
    "explaining",
    "lake_switch",
    "notice",
    "page_header",
    "say",
    "use_style",
    "visiting",
]
