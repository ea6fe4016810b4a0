-- Q1: all goals, 20 programmes of each by title, the lead agency and three media of each programme.
SELECT json_build_object('data', json_build_object('goals', json_build_object('nodes', coalesce(json_agg(goals), '[]'))))::text
FROM (
    SELECT
        goal.slug,
        goal.title,
        (
            SELECT row_to_json(list)
            FROM (
                SELECT coalesce(json_agg((
                    SELECT row_to_json(programmes)
                    FROM (
                        SELECT
                            programme.slug,
                            programme.title,
                            programme.summary,
                            upper(programme.kind) AS kind,
                            (
                                SELECT row_to_json(agency)
                                FROM (
                                    SELECT partner.slug, partner.title
                                    FROM partner
                                    WHERE partner.id = programme.lead_agency_id AND partner.state = 'live'
                                ) AS agency
                            ) AS "leadAgency",
                            (
                                SELECT row_to_json(list)
                                FROM (
                                    SELECT coalesce(json_agg(shown), '[]') AS nodes
                                    FROM (
                                        SELECT media.source_url AS url, media.alt_text AS "altText"
                                        FROM node_media JOIN media ON media.id = node_media.media_id
                                        WHERE node_media.node_id = programme.id AND media.state = 'live'
                                        ORDER BY node_media.position, node_media.media_id
                                        LIMIT 3
                                    ) AS shown
                                ) AS list
                            ) AS media
                        FROM programme
                        WHERE programme.id = ids.id
                    ) AS programmes
                )), '[]') AS nodes
                FROM (
                    -- The ids alone first: an index has them in their order, with no row read.
                    SELECT programme.id
                    FROM programme_goal JOIN programme ON programme.id = programme_goal.programme_id
                    WHERE programme_goal.goal_id = goal.id AND programme.state = 'live'
                    ORDER BY programme.sort_title, programme.id
                    LIMIT 20
                ) AS ids
            ) AS list
        ) AS programmes
    FROM goal
    WHERE goal.state = 'live'
    ORDER BY goal.strategy_sort_date DESC, goal.position, goal.id
    LIMIT 30
) AS goals
