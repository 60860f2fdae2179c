"""Set-up files for tests, as a company writes them."""

from pathlib import Path

PASSWORD = "seven green lanterns"
HASH = "$argon2id$v=19$m=65536,t=3,p=1$lN73IqWJiQ8WisN0d8xyag$H3uY5jDbkmuvKM4Mzu7Ddk1YZDCyHrXbbApkrsolHjE"
COMPANY = """
[company]
name_hi = "म.प्र. मध्य क्षेत्र विद्युत वितरण कंपनी लि."
name_en = "M.P. Madhya Kshetra Vidyut Vitaran Co. Ltd."
helpline = "1912"
"""
OFFICE = """
[[offices]]
code = "{code}"
location = "{code}000"
name_hi = "नवग्राम जोन"
name_en = "Navgram zone"
division_hi = "नवग्राम संभाग"
division_en = "Navgram division"
urban = true
"""
PERSON = """
[[offices.people]]
code = "{code}"
name_hi = "विकास सोनी"
name_en = "Vikas Soni"
role = "{role}"
password_hash = "{hashed}"
"""


def office(code: str = "2214") -> str:
    """An office's table."""
    return OFFICE.format(code=code)


def person(code: str = "ADM", role: str = "administrator", hashed: str = HASH) -> str:
    """Somebody of the office above."""
    return PERSON.format(code=code, role=role, hashed=hashed)


def centre(url: str) -> str:
    """Where the centre answers."""
    return f'[centre]\nurl = "{url}"\n'


def written(folder: Path, *tables: str) -> Path:
    """A file of the company with these tables."""
    file = folder / "offices.toml"
    file.write_text(COMPANY + "".join(tables), "utf-8")
    return file
