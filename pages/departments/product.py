"""Product management: is the right range on sale, in stock and fairly priced, and do launches keep their promise?"""

from pages import kit

page = kit.department("product")
page.cards(
    "stock_out_rate", "days_of_inventory", "sell_through_rate", "gmroi",
    "average_review_rating", "listing_error_rate", "new_product_sales_share", "roadmap_on_time_rate",
)  # fmt: skip

row = page.row(3)
row.questions(wide=2)
row.attention()

row = page.row(2)
row.chart("prd_abc")
row.chart("prd_stockout_calendar")

row = page.row(2)
row.chart("prd_stock_age")
row.chart("prd_quadrant")

row = page.row(2)
row.chart("prd_supplier")
row.chart("prd_price_index")

row = page.row(3)
row.chart("prd_launch_curves", wide=2)
row.chart("prd_burnup")

row = page.row(2)
row.chart("prd_discovery")
row.chart("prd_reviews")

row = page.row(1)
row.leaderboard("days_of_inventory", by="product.category_l1")

page.rows_behind()
