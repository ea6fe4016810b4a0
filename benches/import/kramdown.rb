# frozen_string_literal: true

# How many pages a second Jekyll's own Markdown engine converts:
#
#   ruby kramdown.rb [--input GFM|kramdown] FOLDER
#
# Reads every page of a site, takes the front matter off and converts the rest to HTML, as Jekyll does when it builds
# the site, but for Liquid and layouts. Prints one line: pages, bytes of HTML, seconds and pages per second, parted
# by tabs; what it ran with stands on standard error. The seconds are those of finding, reading and converting the
# pages; starting Ruby and loading the gems are not in them.

require 'find'
require 'kramdown'

# Jekyll's defaults (`Jekyll::Configuration::DEFAULTS`), with the highlighter that it adds to them.
JEKYLL = {
  auto_ids: true,
  toc_levels: '1..6',
  entity_output: 'as_char',
  smart_quotes: 'lsquo,rsquo,ldquo,rdquo',
  input: 'GFM',
  hard_wrap: false,
  footnote_nr: 1,
  syntax_highlighter: 'rouge',
  syntax_highlighter_opts: { 'guess_lang' => true }
}.freeze

MARKDOWN = %w[.md .markdown .mdown .mkd .mkdn .mkdown].freeze
HTML = %w[.html .htm].freeze
# Folders that hold what pages are made with, not pages.
NO_PAGES = %w[_data _includes _layouts _plugins _sass _site node_modules vendor].freeze
FRONT_MATTER = /\A\uFEFF?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*(?:\r?\n|\z)/m

# A document whose options are worked out once for all pages: Jekyll does so too.
class Page < Kramdown::Document
  def initialize(text, parser, options)
    @options = options
    @root, @warnings = parser.parse(text, options)
  end
end

def pages(folder)
  found = []
  Find.find(folder) do |path|
    name = File.basename(path)
    Find.prune if path != folder && (name.start_with?('.') || NO_PAGES.include?(name))
    ending = File.extname(name).downcase
    found << path if (MARKDOWN + HTML).include?(ending) && File.file?(path)
  end
  found.sort
end

# The text below the front matter; nil if Jekyll would deliver the file as it is.
def text(path)
  text = File.read(path, encoding: 'UTF-8').scrub
  front = FRONT_MATTER.match(text)
  return front.post_match if front

  text if MARKDOWN.include?(File.extname(path).downcase)
end

input = JEKYLL[:input]
if ARGV.first == '--input'
  ARGV.shift
  input = ARGV.shift
end
folder = ARGV.shift
abort 'usage: kramdown.rb [--input GFM|kramdown] FOLDER' unless %w[GFM kramdown].include?(input) && folder && ARGV.empty?

require 'kramdown-parser-gfm' if input == 'GFM'
begin
  require 'rouge'
  rouge = "rouge #{Rouge.version}"
rescue LoadError
  rouge = 'no rouge: code is not coloured'
end

parser = input == 'GFM' ? Kramdown::Parser::GFM : Kramdown::Parser::Kramdown
options = Kramdown::Options.merge(JEKYLL.merge(input: input)).freeze

start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
count = 0
bytes = 0
pages(folder).each do |path|
  text = text(path)
  next unless text

  bytes += Page.new(text, parser, options).to_html.bytesize
  count += 1
end
seconds = Process.clock_gettime(Process::CLOCK_MONOTONIC) - start

warn "ruby #{RUBY_VERSION}, kramdown #{Kramdown::VERSION}, input #{input}, #{rouge}"
puts format("%<count>d\t%<bytes>d\t%<seconds>.3f\t%<rate>.1f", count:, bytes:, seconds:, rate: count / seconds)
