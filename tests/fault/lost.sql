-- SPDX-License-Identifier: Apache-2.0
-- Nothing that was acknowledged is lost, and nothing was done twice: each row
-- that comes out is a complaint.  `said` is the clients' journal.

SELECT 'answer ' || s.what || ' is there ' || COUNT(h.id) || ' times'
  FROM said s LEFT JOIN answer_history h ON h.comment = s.what
 WHERE s.kind = 'answered' GROUP BY s.what HAVING COUNT(h.id) <> 1;
SELECT 'answer ' || comment || ' was given ' || COUNT(*) || ' times'
  FROM answer_history GROUP BY comment HAVING COUNT(*) > 1;

-- A draft's product list is the number of its last save.
SELECT s.what || ' was saved ' || MAX(CAST(s.number AS INTEGER))
       || ' times and has ' || COALESCE(v.products, 'nothing')
  FROM said s LEFT JOIN advisory a ON a.ref = s.what
  LEFT JOIN advisory_revision v ON v.advisory = a.id
   AND v.number = (SELECT MAX(number) FROM advisory_revision l
                    WHERE l.advisory = a.id)
 WHERE s.kind = 'saved' GROUP BY s.what
HAVING COALESCE(CAST(v.products AS INTEGER), 0) <
       MAX(CAST(s.number AS INTEGER));
SELECT s.what || ' was published at revision ' || s.number || ' and is not'
  FROM said s LEFT JOIN advisory a ON a.ref = s.what
 WHERE s.kind = 'published'
   AND COALESCE(a.revision, 0) < CAST(s.number AS INTEGER);
SELECT s.what || ' was withdrawn and is not' FROM said s
  LEFT JOIN advisory a ON a.ref = s.what
 WHERE s.kind = 'withdrawn' AND a.state IS NOT 'withdrawn';

SELECT s.what || ' was invited and is not there' FROM said s
 WHERE s.kind = 'invited'
   AND NOT EXISTS (SELECT 1 FROM person p WHERE p.email = s.what);
SELECT s.what || ' joined and is not in' FROM said s
  LEFT JOIN person p ON p.email = s.what
 WHERE s.kind = 'joined'
   AND (p.state IS NOT 'active'
        OR NOT EXISTS (SELECT 1 FROM auth.credential c
                        WHERE c.person = p.id AND c.totp IS NOT NULL));

-- A folder of documents is FAULT-<folder>-<number>.
SELECT 'of folder ' || s.what || ' there are ' || COUNT(a.id) || ', not '
       || s.number
  FROM said s
  LEFT JOIN advisory a ON a.foreign_id LIKE 'FAULT-' || s.what || '-%'
 WHERE s.kind = 'imported' GROUP BY s.what
HAVING COUNT(a.id) <> CAST(s.number AS INTEGER)
    OR MAX(a.revision) <> 1;

-- Nobody got an answer that nobody should get.
SELECT 'a client got: ' || what || ' ' || COALESCE(number, '')
  FROM said WHERE kind = 'odd';
