-- Q4: ten of the programme $1's own columns.
SELECT json_build_object('data', json_build_object('programme', (
    SELECT row_to_json(programme)
    FROM (
        SELECT
            'programme:' || id AS id,
            slug,
            title,
            summary,
            upper(kind) AS kind,
            upper(audiences::text)::json AS audiences,
            left(started_on::text, CASE started_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS "startedOn",
            upper(started_precision) AS "startedOnPrecision",
            left(ended_on::text, CASE ended_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS "endedOn",
            upper(ended_precision) AS "endedOnPrecision"
        FROM programme
        WHERE slug = $1
    ) AS programme
)))::text
