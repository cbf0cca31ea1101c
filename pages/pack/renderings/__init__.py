"""A pack on paper, as slides, as a workbook and as one web page, all from the one frozen content."""
