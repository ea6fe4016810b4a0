// The tabs a first visit opens. GraphiQL takes a tab's title from the name of
// its operation, so every one here is named.
//
// Comments above an operation start in the first column: GraphiQL skips only
// such lines when it looks for the name. They are short, since the editor is
// narrow while the documentation is open.

const goalsToProgrammes = `# Welcome to Civigraph: what a
# government says about its programmes.
#
# Ctrl-Enter   runs the query
# Ctrl-Space   completes what you type
# Book icon    shows the documentation
#
# More examples are in the other tabs.
# Your changes stay in this browser.

# From goals to programmes.
query GoalsToProgrammes {
  goals {
    nodes {
      slug
      title
      # The first five of each goal;
      # totalCount counts them all.
      programmes(first: 5) {
        totalCount
        nodes {
          slug
          title
          leadAgency {
            title
          }
          media(first: 2) {
            nodes {
              kind
              url
              altText
            }
          }
        }
      }
    }
  }
}
`;

const eventsByPartner = `# The events one partner takes part in.
#
# An edge is the link between the two.
# The partner's role belongs to the
# link, so it is on the edge and not on
# the event, which is the node.
query EventsByPartner {
  partner(by: {slug: "google-cloud"}) {
    title
    events(first: 10) {
      totalCount
      edges {
        role
        node {
          slug
          title
          startsOn
          kind
          programme {
            slug
          }
        }
      }
    }
  }
}
`;

const paging = `# A long list, page by page.
#
# 1. Open "Variables", below. There,
#    "first" is the size of a page.
# 2. Run the query: the first page.
# 3. Paste endCursor, with its quotes,
#    into "after" in place of null.
# 4. Run it again: the next page, until
#    hasNextPage is false.
query Paging($first: Int, $after: String) {
  programmes(first: $first, after: $after) {
    totalCount
    edges {
      cursor
      node {
        slug
        title
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;

const byUrl = `# From the address of a website to the
# programme behind it. With "slug" in
# place of "url", by its short name.
query ByUrl {
  programme(by: {url: "https://www.scamshield.gov.sg/"}) {
    slug
    title
    url
    goals {
      nodes {
        title
      }
    }
  }
}
`;

const factsWithSources = `# Every figure is exact and tells its page.
# Two pages that differ on one figure stand
# side by side in its series.
query FactsWithSources {
  statistic(by: {slug: "fy24-ict-procurement-amount"}) {
    title
    displayValue
    value
    unit
    period {
      startsOn
      endsOn
      label
    }
    sources {
      field
      locator
      page {
        title
        url
        publishedOn
      }
    }
    seriesPoints {
      nodes {
        displayValue
        sources {
          page {
            title
          }
        }
      }
    }
  }
}
`;

const search = `# All kinds of content by their words, the
# best first: what has them in its title
# comes before what has them elsewhere.
#
# - highlights: where they were found.
# - facets: how many there are of each
#   value, on all pages together.
# - filter: narrows it down to some. Try
#   filter: {year: {eq: 2024}}
query Search {
  search(query: "hackathon", first: 3) {
    totalCount
    edges {
      node {
        __typename
        slug
        title
      }
      highlights {
        field
        html
      }
    }
    facets(by: [CONTENT_TYPE, YEAR], first: 5) {
      by
      buckets {
        value
        label
        count
      }
    }
  }
}
`;

const liveChanges = `# What changes, as it is published. It runs
# until you stop it with the button; each
# change takes the place of the one before.
#
# The newest change so far comes first, so
# that you have a cursor. To go on where
# you stopped, give that cursor:
#   contentChanged(after: "…")
# Only some kinds:
#   contentChanged(kinds: [EVENT, PAGE])
subscription LiveChanges {
  contentChanged {
    cursor
    node {
      action
      changedAt
      changedFields
      content {
        __typename
        ... on Content {
          title
        }
      }
    }
  }
}
`;

export const defaultTabs = [
  { query: goalsToProgrammes },
  { query: eventsByPartner },
  {
    query: paging,
    variables: JSON.stringify({ first: 5, after: null }, null, 2),
  },
  { query: byUrl },
  { query: factsWithSources },
  { query: search },
  { query: liveChanges },
];

// What the "+" button opens. GraphiQL's own text would explain GraphiQL again.
export const newTabQuery = `# Ctrl-Space completes, Ctrl-Enter runs.
{

}
`;
