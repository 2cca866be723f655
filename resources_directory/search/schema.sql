-- The directory as one read-only file. Kinds and eligibility are stored as numbers, defined in resources_directory/search/rows.py.
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Emergency numbers and national lines, as JSON of CountryEntries: they are few, and needed all at once.
CREATE TABLE country (code TEXT PRIMARY KEY, entries TEXT NOT NULL) WITHOUT ROWID;

-- One local service at one of its places, with the facts that are shown as JSON.
CREATE TABLE service (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL, spot INTEGER NOT NULL, served_until INTEGER NOT NULL, facts TEXT NOT NULL
);

-- Where services are: one row per point, shared by all services there. A city's services share its center.
CREATE TABLE spot (
  number INTEGER PRIMARY KEY, country TEXT NOT NULL, region TEXT NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL
);
-- Which spots offer a kind: by region, and by position in an R*Tree whose third dimension is the kind, so a box holds only
-- what is asked for.
CREATE TABLE kind_spot (
  kind INTEGER, country TEXT, region TEXT, spot INTEGER, PRIMARY KEY (kind, country, region, spot)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE kind_spot_tree USING rtree(number, south, north, west, east, kind_from, kind_to, +spot);

-- What a service offers, by kind and spot, freshest first, so the answer to a query lies side by side on disk.
CREATE TABLE offer (
  kind INTEGER, spot INTEGER, stale INTEGER, service INTEGER,
  refuses INTEGER NOT NULL, minimum_age INTEGER NOT NULL, maximum_age INTEGER NOT NULL,
  languages TEXT NOT NULL, hours INTEGER NOT NULL, served_until INTEGER NOT NULL,
  PRIMARY KEY (kind, spot, stale, service)
) WITHOUT ROWID;
CREATE TABLE hours (
  number INTEGER PRIMARY KEY, expression TEXT NOT NULL, timezone TEXT NOT NULL, country TEXT NOT NULL
);

-- Words of names, descriptions and cities; the second table is for scripts without spaces between words.
CREATE VIRTUAL TABLE service_words USING fts5(text, content='', tokenize="unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE service_trigrams USING fts5(text, content='', tokenize='trigram');
