-- SPDX-License-Identifier: Apache-2.0
-- No act without its record, no record without its act, nothing half done:
-- each row that comes out is a complaint.

-- Answers, one record each.
SELECT 'answers of ' || a.ref || ' by ' || o.ref || ': ' || h.n
       || ', records: ' || COALESCE(r.n, 0)
  FROM (SELECT advisory, organisation, COUNT(*) AS n FROM answer_history
         GROUP BY advisory, organisation) h
  JOIN advisory a ON a.id = h.advisory
  JOIN organisation o ON o.id = h.organisation
  LEFT JOIN (SELECT object, organisation, COUNT(*) AS n FROM record
              WHERE kind = 'advisory.answered'
              GROUP BY object, organisation) r
    ON r.object = a.ref AND r.organisation = h.organisation
 WHERE h.n IS NOT r.n;
SELECT 'records of answers: ' || r || ', answers: ' || h
  FROM (SELECT (SELECT COUNT(*) FROM record
                 WHERE kind = 'advisory.answered') AS r,
               (SELECT COUNT(*) FROM answer_history) AS h)
 WHERE r <> h;

-- The present answer is the last of its history.
SELECT 'answer ' || h.advisory || ' by ' || h.organisation
       || ' is not the last that was given'
  FROM answer_history h
  LEFT JOIN answer w
    ON w.advisory = h.advisory AND w.organisation = h.organisation
 WHERE h.id = (SELECT MAX(id) FROM answer_history l
                WHERE l.advisory = h.advisory
                  AND l.organisation = h.organisation)
   AND (w.answered_at IS NOT h.answered_at OR w.comment IS NOT h.comment
        OR w.state IS NOT h.state);
SELECT 'answer ' || advisory || ' by ' || organisation || ' has no history'
  FROM answer
 WHERE NOT EXISTS (SELECT 1 FROM answer_history h
                    WHERE h.advisory = answer.advisory
                      AND h.organisation = answer.organisation);

-- Publications: one record for each published revision.
SELECT 'revision ' || v.number || ' of ' || a.ref || ' has '
       || COUNT(r.id) || ' records'
  FROM advisory_revision v JOIN advisory a ON a.id = v.advisory
  LEFT JOIN record r
    ON r.object = a.ref
   AND r.kind = CASE v.number WHEN 1 THEN 'advisory.published'
                              ELSE 'advisory.revised' END
   AND json_extract(CAST(r.body AS TEXT), '$.what.revision') = v.number
 WHERE v.published_at IS NOT NULL
 GROUP BY v.id HAVING COUNT(r.id) <> 1;
SELECT 'records of publications: ' || r || ', publications: ' || v
  FROM (SELECT (SELECT COUNT(*) FROM record WHERE kind IN
                  ('advisory.published', 'advisory.revised')) AS r,
               (SELECT COUNT(*) FROM advisory_revision
                 WHERE published_at IS NOT NULL) AS v)
 WHERE r <> v;

-- What an advisory says of its revisions is so.
SELECT a.ref || ' shows revision ' || a.revision || ', which is not there'
  FROM advisory a
 WHERE a.revision > 0
   AND NOT EXISTS (SELECT 1 FROM advisory_revision v
                    WHERE v.advisory = a.id AND v.number = a.revision
                      AND v.published_at IS NOT NULL);
SELECT a.ref || ' is ' || a.state || ' at revision ' || a.revision
  FROM advisory a WHERE (a.state = 'draft') <> (a.revision = 0);
SELECT a.ref || ' has a draft that it does not name, or names one it has not'
  FROM advisory a
 WHERE a.draft IS NOT (SELECT MAX(v.number) FROM advisory_revision v
                        WHERE v.advisory = a.id AND v.published_at IS NULL);
SELECT a.ref || ' has ' || COUNT(*) || ' drafts'
  FROM advisory a JOIN advisory_revision v ON v.advisory = a.id
 WHERE v.published_at IS NULL GROUP BY a.id HAVING COUNT(*) > 1;
SELECT a.ref || ' is published to nobody' FROM advisory a
  JOIN advisory_revision v ON v.advisory = a.id AND v.number = a.revision
 WHERE v.label BETWEEN 1 AND 3
   AND NOT EXISTS (SELECT 1 FROM revision_circle c WHERE c.revision = v.id);
SELECT a.ref || ' cannot be found by its text' FROM advisory a
 WHERE a.state = 'published'
   AND NOT EXISTS (SELECT 1 FROM advisory_fts f WHERE f.rowid = a.position);

-- Withdrawals.
SELECT a.ref || ' is ' || a.state || ' with ' || COUNT(r.id)
       || ' records of withdrawal'
  FROM advisory a
  LEFT JOIN record r ON r.object = a.ref AND r.kind = 'advisory.withdrawn'
 GROUP BY a.id HAVING COUNT(r.id) <> (a.state = 'withdrawn');

-- Documents: all that was imported has its bytes.
SELECT a.ref || ' came from elsewhere without its document'
  FROM advisory a JOIN advisory_revision v ON v.advisory = a.id
 WHERE v.foreign_version IS NOT NULL AND v.source IS NULL;
SELECT a.ref || ' has parts with a gap'
  FROM advisory a JOIN advisory_revision v ON v.advisory = a.id
  JOIN advisory_part p ON p.revision = v.id
 GROUP BY v.id HAVING COUNT(*) <> MAX(p.position);

-- People.
SELECT 'person ' || p.ref || ' was invited without a record' FROM person p
 WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.object = p.ref
                      AND r.kind = 'person.invited');
SELECT 'record ' || r.id || ' is of a person who is not there' FROM record r
 WHERE r.kind LIKE 'person.%'
   AND NOT EXISTS (SELECT 1 FROM person p WHERE p.ref = r.object);
SELECT 'person ' || p.ref || ' has no invitation' FROM person p
 WHERE p.state = 'invited'
   AND NOT EXISTS (SELECT 1 FROM invitation i WHERE i.person = p.id);
SELECT 'person ' || p.ref || ' is ' || p.state || ' with ' || COUNT(r.id)
       || ' records of joining'
  FROM person p
  LEFT JOIN record r ON r.object = p.ref AND r.kind = 'person.joined'
 GROUP BY p.id HAVING COUNT(r.id) <> (p.state = 'active');
SELECT 'person ' || p.ref || ' is active and has no password' FROM person p
 WHERE p.state = 'active' AND p.email LIKE '%@joins.example'
   AND NOT EXISTS (SELECT 1 FROM auth.credential c
                    WHERE c.person = p.id AND c.totp IS NOT NULL);
SELECT 'person ' || p.ref || ' has ' || COUNT(*) || ' recovery codes'
  FROM person p JOIN auth.recovery_code c ON c.person = p.id
 GROUP BY p.id HAVING COUNT(*) <> 10;
SELECT 'session ' || s.id || ' is of somebody who has not joined'
  FROM session s JOIN person p ON p.id = s.person WHERE p.state <> 'active';

-- Organisations.
SELECT 'organisation ' || o.ref || ' has ' || COUNT(r.id)
       || ' records of admission'
  FROM organisation o
  LEFT JOIN record r
    ON r.object = o.ref AND r.kind = 'organisation.admitted'
 GROUP BY o.id HAVING COUNT(r.id) <> 1;

-- Numbers.
SELECT 'record ' || id || ' follows no other' FROM record
 WHERE id > 1 AND id - 1 NOT IN (SELECT id FROM record);
SELECT 'reference ' || a.ref || ' is above its counter' FROM advisory a
 WHERE CAST(substr(a.ref, 10) AS INTEGER) >
       (SELECT c.last FROM counter c WHERE c.name = 'ENT'
           AND c.year = CAST(substr(a.ref, 5, 4) AS INTEGER));
SELECT 'foreign key: ' || "table" || ' ' || COALESCE(rowid, '')
  FROM pragma_foreign_key_check;
