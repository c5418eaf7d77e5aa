-- SPDX-License-Identifier: Apache-2.0
-- An agreement is in force with all that belongs to it, or not at all: each
-- row that comes out is a complaint.  `said` is the signers' journal.

-- What was acknowledged, and what each had to sign.
SELECT s.what || ' was signed by all and is ' || COALESCE(a.state, 'gone')
  FROM said s LEFT JOIN agreement a ON a.ref = s.what
 WHERE s.kind = 'signed' AND a.state IS NOT 'signed';

CREATE TEMP VIEW counted AS
SELECT a.*, v.id AS version_id, v.circle AS extends, v.circle_name,
       v.max_label, v.from_at AS terms_from, v.until_at AS terms_until,
       (SELECT COUNT(*) FROM agreement_version_party n
         WHERE n.version = v.id) AS parties,
       (SELECT COUNT(*) FROM agreement_signature s
         WHERE s.version = v.id) AS signatures
  FROM agreement a
  JOIN agreement_version v ON v.agreement = a.id AND v.number = a.version;

SELECT ref || ' is ' || state || ' with ' || signatures || ' signatures of '
       || parties
  FROM counted WHERE (state = 'signed') <> (signatures = parties);
SELECT ref || ' has its times, and is ' || state FROM counted
 WHERE (state = 'signed') <> (signed_at IS NOT NULL)
    OR (state = 'signed') <> (from_at IS NOT NULL);
SELECT ref || ' was signed at another time than its last signature'
  FROM counted a
 WHERE a.state = 'signed'
   AND a.signed_at <> (SELECT MAX(s.signed_at) FROM agreement_signature s
                        WHERE s.version = a.version_id);

-- Its circles: a charter opens the community's and those of its sectors,
-- others one, of their name.
SELECT a.ref || ' opens ' || COUNT(k.circle) || ' circles, and is ' || a.state
  FROM counted a JOIN organisation o ON o.id = a.organisation
  LEFT JOIN agreement_circle k
    ON k.agreement = a.id AND k.max_label = a.max_label
 GROUP BY a.id
HAVING COUNT(k.circle) <> CASE
       WHEN a.state <> 'signed' THEN 0
       WHEN a.kind <> 'charter' THEN 1
       ELSE 1 + (SELECT COUNT(*) FROM circle c WHERE c.kind = 'sector'
                    AND (c.sector & o.sectors) <> 0) END;
SELECT a.ref || ' opens ' || c.ref || ', which is not its own'
  FROM counted a JOIN agreement_circle k ON k.agreement = a.id
  JOIN circle c ON c.id = k.circle
 WHERE a.kind <> 'charter'
   AND (c.id IS NOT COALESCE(a.extends, c.id) OR c.name <> a.circle_name
        OR (a.extends IS NULL AND c.ref <> lower(a.ref)));
SELECT 'circle ' || c.ref || ' is opened by nothing' FROM circle c
 WHERE c.kind = 'agreement'
   AND c.id NOT IN (SELECT circle FROM agreement_circle);

-- A grant for each party and circle, as the terms say.
SELECT a.ref || ' is ' || a.state || ' with ' || COUNT(g.id) || ' grants of '
       || a.parties * (SELECT COUNT(*) FROM agreement_circle k
                        WHERE k.agreement = a.id)
  FROM counted a
  LEFT JOIN access_grant g ON g.agreement = a.id
   AND g.max_label = a.max_label AND g.from_at = a.from_at
   AND g.until_at IS a.terms_until
   AND g.circle IN (SELECT circle FROM agreement_circle k
                     WHERE k.agreement = a.id)
   AND g.organisation IN (SELECT organisation FROM agreement_version_party n
                           WHERE n.version = a.version_id)
 GROUP BY a.id
HAVING COUNT(g.id) <> a.parties * (SELECT COUNT(*) FROM agreement_circle k
                                    WHERE k.agreement = a.id);
SELECT 'grant ' || g.id || ' of ' || a.ref || ', which is ' || a.state
  FROM access_grant g JOIN agreement a ON a.id = g.agreement
 WHERE a.state <> 'signed';

-- What it replaces ends where it begins, and not before.
SELECT b.ref || ' is replaced by ' || a.ref || ', which is ' || a.state
  FROM agreement a JOIN agreement b ON b.id = a.replaces
 WHERE (a.state = 'signed') <> (b.end_cause IS 'replaced')
    OR (a.state = 'signed') <> (b.until_at IS NOT NULL)
    OR (a.state = 'signed' AND b.until_at <> a.from_at);
SELECT b.ref || ' has a grant that should ' ||
       iif(a.state = 'signed', 'be closed', 'be open')
  FROM agreement a JOIN agreement b ON b.id = a.replaces
  JOIN access_grant g ON g.agreement = b.id
 WHERE g.ended_at IS NOT iif(a.state = 'signed', a.from_at, NULL);

-- Records, of which the parties' notices are made.
SELECT a.ref || ' has ' || a.signatures || ' signatures and ' || COUNT(r.id)
       || ' records of them'
  FROM counted a
  LEFT JOIN record r ON r.object = a.ref AND r.kind = 'agreement.signed'
 GROUP BY a.id HAVING COUNT(r.id) <> a.signatures;
SELECT a.ref || ' is ' || a.state || ' with ' || COUNT(r.id)
       || ' records of force'
  FROM counted a
  LEFT JOIN record r ON r.object = a.ref AND r.kind = 'agreement.in-force'
 GROUP BY a.id HAVING COUNT(r.id) <> (a.state = 'signed');
SELECT b.ref || ' has ' || COUNT(r.id) || ' records of being replaced'
  FROM agreement a JOIN agreement b ON b.id = a.replaces
  LEFT JOIN record r ON r.object = b.ref AND r.kind = 'agreement.replaced'
 GROUP BY b.id HAVING COUNT(r.id) <> (a.state = 'signed');
SELECT 'record ' || id || ' follows no other' FROM record
 WHERE id > 1 AND id - 1 NOT IN (SELECT id FROM record);
SELECT 'foreign key: ' || "table" || ' ' || COALESCE(rowid, '')
  FROM pragma_foreign_key_check;
