"""gongkai 公开: the 政府信息公开条例 (Regulation on Open Government Information) as software."""

__version__ = "0.1.0"
