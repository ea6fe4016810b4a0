# frozen_string_literal: true

# Makes a large Isomer site out of real pages:
#
#   ruby site.rb SOURCE PAGES TARGET
#
# SOURCE is a folder of sites, a site, or any folder of pages. Every page is repeated, with another file name,
# permalink and title each time, until there are PAGES of them, in the folders of the original: collections,
# their folders, `pages/`, the resource room. `_config.yml`, `_data/` and each `collection.yml` come along.

require 'fileutils'
require 'find'

ENDINGS = %w[.md .markdown .mdown .mkd .mkdn .mkdown .html .htm].freeze
HTML = %w[.html .htm].freeze
FOR_DEVELOPERS = /\A(?:changelog|code_of_conduct|contributing|licen[cs]e|pull_request_template|readme|security)\.md\z/i
NO_PAGES = %w[_data _includes _layouts _plugins _sass _site node_modules vendor].freeze
FRONT_MATTER = /\A(\xEF\xBB\xBF)?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*(?:\r?\n|\z)/mn
CONFIG = <<~YAML
  title: A site to measure with
  url: https://www.example.org
  resources_name: media
  permalink: none
YAML

# The permalink of a copy is its own; addresses elsewhere stay as they are.
def permalink(value, mark)
  value =~ %r{\A["']?/} ? value.sub(%r{/?(["']?)\z}) { "/#{mark}/#{Regexp.last_match(1)}" } : value
end

# So is its title, if it is one line.
def title(value, mark)
  return "#{value[0..-2]} (#{mark})#{value[-1]}" if value =~ /\A(["']).+\1\z/

  value =~ /\A["'>|&*\[{!]/ || value.empty? ? value : "#{value} #{mark}"
end

def copy(bytes, mark)
  bytes.sub(FRONT_MATTER) do |front|
    front = front.sub(/^(permalink:[ \t]*)([^\r\n]*?)([ \t]*\r?)$/n) do
      "#{Regexp.last_match(1)}#{permalink(Regexp.last_match(2), mark)}#{Regexp.last_match(3)}"
    end
    front.sub(/^(title:[ \t]*)([^\r\n]*?)([ \t]*\r?)$/n) do
      "#{Regexp.last_match(1)}#{title(Regexp.last_match(2), mark)}#{Regexp.last_match(3)}"
    end
  end
end

# A name that no other copy has, within the 255 bytes that file systems take.
def name(path, mark)
  ending = File.extname(path)
  stem = File.basename(path, ending).byteslice(0, 255 - ending.bytesize - mark.bytesize - 1).scrub('')
  File.join(File.dirname(path), "#{stem} #{mark}#{ending}")
end

def sites(source)
  inner = Dir.children(source).map { |child| File.join(source, child) }.select do |child|
    File.directory?(child) && %w[_config.yml _data].any? { |name| File.exist?(File.join(child, name)) }
  end
  inner.empty? ? [source] : inner.sort
end

source, wanted, target = ARGV
wanted = wanted.to_i
abort 'usage: site.rb SOURCE PAGES TARGET' unless ARGV.length == 3 && wanted.positive?

pages = []
sites(source).each do |site|
  Find.find(site) do |path|
    on_site = path.delete_prefix("#{site}/")
    base = File.basename(path)
    Find.prune if path != site && base.start_with?('.')
    next unless File.file?(path)

    if base.end_with?('.yml')
      to = File.join(target, on_site)
      FileUtils.mkdir_p(File.dirname(to))
      FileUtils.cp(path, to) unless File.exist?(to)
      next
    end
    next if base =~ FOR_DEVELOPERS || !ENDINGS.include?(File.extname(base).downcase)
    next if on_site.split('/')[0..-2].any? { |folder| NO_PAGES.include?(folder) }

    bytes = File.binread(path)
    next if bytes.include?("\0") || (HTML.include?(File.extname(base).downcase) && bytes !~ FRONT_MATTER)

    pages << [on_site, bytes]
  end
end
abort "there are no pages in #{source}" if pages.empty?

pages.sort!
wanted.times do |at|
  on_site, bytes = pages[at % pages.length]
  # There is one home page, with its own name and address.
  home = on_site == 'index.md' && !File.exist?(File.join(target, on_site))
  to = File.join(target, home ? on_site : name(on_site, at.to_s))
  FileUtils.mkdir_p(File.dirname(to))
  File.binwrite(to, home ? bytes : copy(bytes, at.to_s))
end
config = File.join(target, '_config.yml')
File.write(config, CONFIG) unless File.exist?(config)
puts pages.length
