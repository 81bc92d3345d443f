-- Run after COPY: building an index once is quicker than keeping it up to date for each row.
ALTER TABLE flights ADD PRIMARY KEY (time_hour, carrier, flight);
ALTER TABLE flights ADD FOREIGN KEY (carrier) REFERENCES airlines (carrier);
ALTER TABLE flights ADD FOREIGN KEY (origin) REFERENCES airports (faa);
-- The published data has rows without a partner: 52,606 flights of planes that are not registered (or without a tail
-- number), 7,602 to four destinations that are not listed, 1,556 in hours without a weather reading. Deleting them or
-- inventing partners would falsify answers; NOT VALID declares the relation, and holds new rows to it, as they are.
ALTER TABLE flights ADD FOREIGN KEY (dest) REFERENCES airports (faa) NOT VALID;
ALTER TABLE flights ADD FOREIGN KEY (tailnum) REFERENCES planes (tailnum) NOT VALID;
ALTER TABLE flights ADD FOREIGN KEY (origin, time_hour) REFERENCES weather (origin, time_hour) NOT VALID;
CREATE INDEX ON flights (carrier);
CREATE INDEX ON flights (dest);
CREATE INDEX ON flights (tailnum);
CREATE INDEX ON flights (origin, time_hour);
CREATE INDEX ON flights (year, month, day);
