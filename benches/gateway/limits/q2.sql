-- Q2: the 50 newest events of the partner $1, the programme, the partners and three media of each.
SELECT json_build_object('data', json_build_object('partner', (
    SELECT row_to_json(partners)
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
                                SELECT row_to_json(about)
                                FROM (
                                    SELECT programme.slug, programme.title
                                    FROM programme
                                    WHERE programme.id = event.programme_id AND programme.state = 'live'
                                ) AS about
                            ) AS programme,
                            (
                                SELECT row_to_json(list)
                                FROM (
                                    SELECT coalesce(json_agg(guests), '[]') AS nodes
                                    FROM (
                                        SELECT guest.slug, guest.title
                                        FROM event_partner AS part JOIN partner AS guest ON guest.id = part.partner_id
                                        WHERE part.event_id = event.id AND guest.state = 'live'
                                        ORDER BY guest.sort_title, guest.id
                                        LIMIT 20
                                    ) AS guests
                                ) AS list
                            ) AS partners,
                            (
                                SELECT row_to_json(list)
                                FROM (
                                    SELECT coalesce(json_agg(shown), '[]') AS nodes
                                    FROM (
                                        SELECT media.source_url AS url, media.alt_text AS "altText"
                                        FROM node_media JOIN media ON media.id = node_media.media_id
                                        WHERE node_media.node_id = event.id AND media.state = 'live'
                                        ORDER BY node_media.position, node_media.media_id
                                        LIMIT 3
                                    ) AS shown
                                ) AS list
                            ) AS media
                        FROM event_partner JOIN event ON event.id = event_partner.event_id
                        WHERE event_partner.partner_id = partner.id AND event.state = 'live'
                        ORDER BY event_partner.event_sort_date DESC, event_partner.event_id DESC
                        LIMIT 50
                    ) AS events
                ) AS list
            ) AS events
        FROM partner
        WHERE partner.slug = $1
    ) AS partners
)))::text
