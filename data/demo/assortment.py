"""What the demo company sells: categories, products and their variants. All brands are made up."""

from __future__ import annotations

from dataclasses import dataclass

BRANDS = ("Northwind", "Lumi & Oak", "Haru Home", "Tidewater")
BRAND_SHARES = (0.46, 0.22, 0.2, 0.12)
SUPPLIERS = tuple(f"SUP-{number:02d}" for number in range(1, 25))


@dataclass(frozen=True)
class Category:
    """A category: its code in SKUs, share of units, day of the year of its peak and how far it sways,
    share of units that come back, unit cost as share of the list price, and its products.

    A product is second category, name, price level in yuan; variants are the colours or sizes sold of each.
    """

    name: str
    code: str
    unit_share: float
    peak_day: int
    sway: float
    return_share: float
    cost_share: float
    variants: tuple[str, ...]
    products: tuple[tuple[str, str, int], ...]


CATEGORIES = (
    Category(
        "Tableware", "TW", 0.2, 330, 0.08, 0.045, 0.36,
        ("Graphite", "Oat", "Moss", "Clay", "Sea blue"),
        (
            ("Drinkware", "Thermo mug 500 ml 保温杯", 69),
            ("Drinkware", "Glass cup set 玻璃杯套装", 59),
            ("Drinkware", "Tea pot 茶壶", 89),
            ("Plates and bowls", "Stoneware bowl 陶碗", 35),
            ("Plates and bowls", "Dinner plate 餐盘", 45),
            ("Cutlery", "Cutlery set 餐具套装", 99),
            ("Cutlery", "Chopsticks, ten pairs 筷子十双", 39),
            ("Serving", "Serving tray 托盘", 55),
        ),
    ),
    Category(
        "Kitchen", "KI", 0.17, 345, 0.08, 0.05, 0.4,
        ("18 cm", "22 cm", "26 cm", "30 cm"),
        (
            ("Pans", "Ceramic frying pan 陶瓷煎锅", 139),
            ("Pans", "Cast iron pot 铸铁锅", 259),
            ("Pans", "Steamer 蒸锅", 119),
            ("Tools", "Chef's knife 厨刀", 109),
            ("Tools", "Cutting board 砧板", 69),
            ("Tools", "Mixing bowl 搅拌盆", 49),
            ("Food storage", "Lunch box 饭盒", 59),
            ("Food storage", "Spice jars 调料罐", 45),
            ("Food storage", "Rice bin 米桶", 89),
        ),
    ),
    Category(
        "Bedding", "BE", 0.12, 350, 0.3, 0.085, 0.42,
        ("Single", "Double", "King", "Sand", "Mist"),
        (
            ("Sheets", "Cotton sheet set 全棉四件套", 249),
            ("Sheets", "Linen duvet cover 亚麻被套", 299),
            ("Duvets", "Winter duvet 冬被", 329),
            ("Duvets", "Summer quilt 夏被", 159),
            ("Pillows", "Latex pillow 乳胶枕", 129),
            ("Pillows", "Buckwheat pillow 荞麦枕", 79),
            ("Throws", "Knitted throw 针织毯", 119),
        ),
    ),
    Category(
        "Bath", "BA", 0.13, 200, 0.06, 0.05, 0.38,
        ("White", "Stone", "Rose", "Teal", "Navy"),
        (
            ("Towels", "Bath towel 浴巾", 69),
            ("Towels", "Face towels, three 毛巾三条", 49),
            ("Accessories", "Soap dispenser 皂液器", 39),
            ("Accessories", "Shower curtain 浴帘", 59),
            ("Accessories", "Bath mat 浴室地垫", 55),
            ("Care", "Bath brush 沐浴刷", 25),
            ("Care", "Laundry basket 脏衣篮", 79),
        ),
    ),
    Category(
        "Storage", "ST", 0.14, 60, 0.12, 0.055, 0.41,
        ("Small", "Medium", "Large", "Tall", "Set"),
        (
            ("Boxes", "Fabric box 布艺收纳箱", 45),
            ("Boxes", "Clear box 透明收纳盒", 35),
            ("Boxes", "Vacuum bags 真空袋", 39),
            ("Racks", "Shoe rack 鞋架", 109),
            ("Racks", "Kitchen rack 厨房置物架", 129),
            ("Racks", "Clothes rail 衣架", 149),
            ("Hooks", "Wall hooks 挂钩", 19),
            ("Baskets", "Rattan basket 藤编篮", 69),
        ),
    ),
    Category(
        "Lighting", "LI", 0.07, 355, 0.2, 0.07, 0.44,
        ("Warm", "Neutral", "Dimmable", "Brass", "Rattan"),
        (
            ("Table lamps", "Reading lamp 阅读灯", 149),
            ("Table lamps", "Bedside lamp 床头灯", 99),
            ("Floor lamps", "Arc lamp 落地灯", 299),
            ("Night lights", "Night light 小夜灯", 39),
            ("String lights", "String lights 灯串", 49),
            ("Ceiling", "Paper shade 纸灯罩", 89),
        ),
    ),
    Category(
        "Small appliances", "SA", 0.08, 190, 0.18, 0.075, 0.52,
        ("White", "Black", "Green", "Cream"),
        (
            ("Kitchen appliances", "Kettle 电水壶", 159),
            ("Kitchen appliances", "Blender 搅拌机", 229),
            ("Kitchen appliances", "Air fryer 空气炸锅", 349),
            ("Climate", "Desk fan 台式风扇", 129),
            ("Climate", "Humidifier 加湿器", 169),
            ("Climate", "Heater 暖风机", 219),
            ("Cleaning", "Hand vacuum 手持吸尘器", 299),
            ("Care", "Garment steamer 挂烫机", 199),
        ),
    ),
    Category(
        "Home wear", "HW", 0.09, 345, 0.25, 0.15, 0.37,
        ("S", "M", "L", "XL", "XXL"),
        (
            ("Pyjamas", "Cotton pyjamas 纯棉睡衣", 159),
            ("Pyjamas", "Modal night dress 莫代尔睡裙", 129),
            ("Robes", "Waffle robe 华夫格浴袍", 189),
            ("Slippers", "Felt slippers 毛毡拖鞋", 49),
            ("Slippers", "Bath slippers 浴室拖鞋", 35),
            ("Socks", "Wool socks, three 羊毛袜三双", 45),
            ("Aprons", "Linen apron 亚麻围裙", 79),
        ),
    ),
)  # fmt: skip
