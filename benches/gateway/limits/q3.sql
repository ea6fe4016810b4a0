-- Q3: the first 50 programmes by title, five initiatives of each, the partners of each initiative.
SELECT json_build_object('data', json_build_object('programmes', json_build_object('nodes', coalesce(json_agg(programmes), '[]'))))::text
FROM (
    SELECT
        programme.slug,
        programme.title,
        (
            SELECT row_to_json(list)
            FROM (
                SELECT coalesce(json_agg(initiatives), '[]') AS nodes
                FROM (
                    SELECT
                        initiative.slug,
                        initiative.title,
                        initiative.summary,
                        upper(initiative.status) AS status,
                        (
                            SELECT row_to_json(list)
                            FROM (
                                SELECT coalesce(json_agg(workers), '[]') AS nodes
                                FROM (
                                    SELECT partner.slug, partner.title
                                    FROM initiative_partner JOIN partner ON partner.id = initiative_partner.partner_id
                                    WHERE initiative_partner.initiative_id = initiative.id AND partner.state = 'live'
                                    ORDER BY partner.sort_title, partner.id
                                    LIMIT 20
                                ) AS workers
                            ) AS list
                        ) AS partners
                    FROM initiative
                    WHERE initiative.programme_id = programme.id AND initiative.state = 'live'
                    ORDER BY initiative.sort_title, initiative.id
                    LIMIT 5
                ) AS initiatives
            ) AS list
        ) AS initiatives
    FROM programme
    WHERE programme.state = 'live'
    ORDER BY programme.sort_title, programme.id
    LIMIT 50
) AS programmes
