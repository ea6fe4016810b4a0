-- Q5: five goals, five programmes of each, three initiatives of each, their partners, five events of each partner, two media of each event.
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
                            (
                                SELECT row_to_json(list)
                                FROM (
                                    SELECT coalesce(json_agg(initiatives), '[]') AS nodes
                                    FROM (
                                        SELECT
                                            initiative.slug,
                                            initiative.title,
                                            (
                                                SELECT row_to_json(list)
                                                FROM (
                                                    SELECT coalesce(json_agg(partners), '[]') AS nodes
                                                    FROM (
                                                        SELECT
                                                            partner.slug,
                                                            partner.title,
                                                            (
                                                                SELECT row_to_json(list)
                                                                FROM (
                                                                    SELECT coalesce(json_agg(events), '[]') AS nodes
                                                                    FROM (
                                                                        SELECT
                                                                            event.slug,
                                                                            event.title,
                                                                            left(event.starts_on::text, CASE event.starts_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS "startsOn",
                                                                            (
                                                                                SELECT row_to_json(list)
                                                                                FROM (
                                                                                    SELECT coalesce(json_agg(shown), '[]') AS nodes
                                                                                    FROM (
                                                                                        SELECT media.source_url AS url, media.alt_text AS "altText"
                                                                                        FROM node_media JOIN media ON media.id = node_media.media_id
                                                                                        WHERE node_media.node_id = event.id AND media.state = 'live'
                                                                                        ORDER BY node_media.position, node_media.media_id
                                                                                        LIMIT 2
                                                                                    ) AS shown
                                                                                ) AS list
                                                                            ) AS media
                                                                        FROM event_partner JOIN event ON event.id = event_partner.event_id
                                                                        WHERE event_partner.partner_id = partner.id AND event.state = 'live'
                                                                        ORDER BY event_partner.event_sort_date DESC, event_partner.event_id DESC
                                                                        LIMIT 5
                                                                    ) AS events
                                                                ) AS list
                                                            ) AS events
                                                        FROM initiative_partner JOIN partner ON partner.id = initiative_partner.partner_id
                                                        WHERE initiative_partner.initiative_id = initiative.id AND partner.state = 'live'
                                                        ORDER BY partner.sort_title, partner.id
                                                        LIMIT 20
                                                    ) AS partners
                                                ) AS list
                                            ) AS partners
                                        FROM initiative
                                        WHERE initiative.programme_id = programme.id AND initiative.state = 'live'
                                        ORDER BY initiative.sort_title, initiative.id
                                        LIMIT 3
                                    ) AS initiatives
                                ) AS list
                            ) AS initiatives
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
                    LIMIT 5
                ) AS ids
            ) AS list
        ) AS programmes
    FROM goal
    WHERE goal.state = 'live'
    ORDER BY goal.strategy_sort_date DESC, goal.position, goal.id
    LIMIT 5
) AS goals
