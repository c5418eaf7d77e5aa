-- SPDX-License-Identifier: Apache-2.0
-- A copy is of one moment: of what each client did one after the other it has
-- the first so many, without a gap.  Each row is a complaint.

SELECT 'client ' || c || ' gave ' || (MAX(n) + 1) || ' answers, ' || COUNT(*)
       || ' are in the copy'
  FROM (SELECT substr(comment, 1, 2) AS c,
               CAST(substr(comment, 4) AS INTEGER) AS n
          FROM answer_history)
 GROUP BY c HAVING COUNT(*) <> MAX(n) + 1;
SELECT 'the steward invited ' || (MAX(n) + 1) || ', ' || COUNT(*)
       || ' are in the copy'
  FROM (SELECT CAST(substr(email, 4) AS INTEGER) AS n FROM person
         WHERE email LIKE '%@joins.example')
HAVING COUNT(*) <> MAX(n) + 1;
