"""Where countries lie, to about a degree, and a rough outline of the land: enough to put dots on a small map.

Written by hand for orientation, not from a data set. A dot says nothing about borders.
"""

from collections.abc import Iterator

#: ISO 3166-1 code → latitude, longitude of somewhere in the middle, in whole degrees.
_POINTS = """
AD 43 2 AE 24 54 AF 34 66 AG 17 -62 AI 18 -63 AL 41 20 AM 40 45 AO -12 18 AQ -80 0 AR -35 -65 AS -14 -171 AT 47 14
AU -25 134 AW 13 -70 AX 60 20 AZ 40 48 BA 44 18 BB 13 -60 BD 24 90 BE 51 5 BF 12 -2 BG 43 25 BH 26 51 BI -3 30
BJ 10 2 BL 18 -63 BM 32 -65 BN 5 115 BO -17 -65 BQ 12 -68 BR -10 -53 BS 24 -76 BT 27 90 BV -54 3 BW -22 24 BY 53 28
BZ 17 -89 CA 58 -106 CC -12 97 CD -3 23 CF 7 21 CG -1 15 CH 47 8 CI 8 -6 CK -21 -160 CL -33 -71 CM 6 13 CN 35 103
CO 4 -73 CR 10 -84 CU 22 -79 CV 16 -24 CW 12 -69 CX -10 106 CY 35 33 CZ 50 15 DE 51 10 DJ 12 43 DK 56 9 DM 15 -61
DO 19 -71 DZ 28 3 EC -1 -78 EE 59 26 EG 27 30 EH 24 -13 ER 15 39 ES 40 -4 ET 9 39 FI 63 26 FJ -18 178 FK -52 -59
FM 7 158 FO 62 -7 FR 46 2 GA -1 12 GB 54 -2 GD 12 -62 GE 42 44 GF 4 -53 GG 49 -3 GH 8 -1 GI 36 -5 GL 72 -40
GM 13 -15 GN 10 -11 GP 16 -61 GQ 2 10 GR 39 22 GS -54 -37 GT 15 -90 GU 13 145 GW 12 -15 GY 5 -59 HK 22 114
HM -53 73 HN 15 -87 HR 45 16 HT 19 -72 HU 47 19 ID -2 118 IE 53 -8 IL 31 35 IM 54 -5 IN 22 79 IO -6 72 IQ 33 44
IR 32 53 IS 65 -18 IT 43 12 JE 49 -2 JM 18 -77 JO 31 37 JP 36 138 KE 0 38 KG 41 75 KH 13 105 KI 1 173 KM -12 44
KN 17 -63 KP 40 127 KR 36 128 KW 29 48 KY 19 -81 KZ 48 67 LA 18 104 LB 34 36 LC 14 -61 LI 47 10 LK 7 81 LR 6 -9
LS -30 28 LT 55 24 LU 50 6 LV 57 25 LY 27 17 MA 32 -6 MC 44 7 MD 47 29 ME 43 19 MF 18 -63 MG -19 47 MH 7 171
MK 42 22 ML 17 -4 MM 21 96 MN 46 104 MO 22 114 MP 15 146 MQ 15 -61 MR 20 -10 MS 17 -62 MT 36 14 MU -20 58 MV 4 73
MW -13 34 MX 24 -102 MY 4 109 MZ -18 35 NA -22 17 NC -21 166 NE 17 9 NF -29 168 NG 9 8 NI 13 -85 NL 52 5 NO 61 9
NP 28 84 NR -1 167 NU -19 -170 NZ -41 173 OM 21 56 PA 9 -80 PE -9 -75 PF -17 -149 PG -6 145 PH 12 122 PK 30 69
PL 52 19 PM 47 -56 PN -25 -128 PR 18 -66 PS 32 35 PT 40 -8 PW 7 134 PY -23 -58 QA 25 51 RE -21 56 RO 46 25 RS 44 21
RU 60 90 RW -2 30 SA 24 45 SB -9 160 SC -5 55 SD 15 30 SE 62 15 SG 1 104 SH -16 -6 SI 46 15 SJ 78 16 SK 49 20
SL 8 -12 SM 44 12 SN 14 -14 SO 5 46 SR 4 -56 SS 7 30 ST 1 7 SV 14 -89 SX 18 -63 SY 35 38 SZ -27 31 TC 22 -72
TD 15 19 TF -49 69 TG 8 1 TH 15 101 TJ 39 71 TK -9 -172 TL -9 126 TM 39 59 TN 34 9 TO -20 -175 TR 39 35 TT 11 -61
TV -8 179 TW 24 121 TZ -6 35 UA 49 32 UG 1 32 UM 19 167 US 39 -98 UY -33 -56 UZ 41 64 VA 42 12 VC 13 -61 VE 7 -66
VG 18 -64 VI 18 -65 VN 16 107 VU -16 167 WF -13 -177 WS -14 -172 XK 43 21 YE 16 48 YT -13 45 ZA -29 25 ZM -14 28
ZW -19 29
"""
COUNTRIES: dict[str, tuple[int, int]] = {
    code: (int(latitude), int(longitude))
    for code, latitude, longitude in zip(*[iter(_POINTS.split())] * 3, strict=True)
}

#: Latitude → stretches of land, from one longitude to another, read off every five degrees.
_LAND = """
75: -95 -80, -60 -20, 55 65, 95 115
70: -160 -115, -110 -85, -75 -70, -55 -25, 20 30, 65 180
65: -165 -90, -75 -65, -50 -40, -20 -15, 10 180
60: -160 -95, -80 -65, -45 -45, 5 175
55: -160 -160, -130 -80, -75 -60, -5 -5, 10 155
50: -125 -60, -5 -5, 0 140, 155 155
45: -120 -65, 0 145
40: -120 -75, -5 -5, 0 0, 15 20, 30 50, 55 125, 140 140
35: -120 -80, -5 5, 35 115, 135 140
30: -115 -85, -10 120, 130 130
25: -110 -100, -80 -80, -15 55, 65 115
20: -105 -90, -75 -70, -15 40, 45 55, 75 80, 95 105
15: -90 -85, -15 35, 40 50, 75 80, 100 105, 120 120
10: -85 -65, -15 45, 75 80, 100 105, 125 125
5: -75 -55, -10 -5, 0 0, 10 45, 80 80, 100 100, 115 115, 125 125
0: -80 -50, 10 40, 100 100, 110 115, 120 120, 130 130
-5: -80 -40, 15 35, 105 105, 120 120, 140 150
-10: -75 -40, 15 35, 145 145
-15: -75 -40, 15 35, 50 50, 130 130, 140 145
-20: -65 -45, 15 35, 45 45, 120 145
-25: -70 -50, 15 30, 45 45, 115 150
-30: -70 -50, 20 30, 115 150
-35: -70 -60, 20 20, 140 145
-40: -70 -65, 175 175
-45: -70 -70, 170 170
-50: -70 -70
"""
STEP = 5


def land() -> Iterator[tuple[int, int]]:
    """Latitude and longitude of each point of a five-degree grid that lies on land, the north first."""
    for line in _LAND.strip().splitlines():
        latitude, _colon, stretches = line.partition(":")
        for stretch in stretches.split(","):
            west, east = (int(word) for word in stretch.split())
            for longitude in range(west, min(east, 175) + 1, STEP):
                yield int(latitude), longitude
