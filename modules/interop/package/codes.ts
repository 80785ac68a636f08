/** Why a package is refused. The message catalogues have a text for each. */
export const PACKAGE_ERROR_CODES = [
  'bad_encoding', 'bad_front_matter', 'bad_manifest', 'bad_xml', 'compression_bomb', 'damaged_archive', 'doctype_forbidden', 'duplicate_entry',
  'empty_course', 'encrypted', 'file_missing', 'files_missing', 'link_entry', 'no_manifest', 'not_an_archive', 'not_found', 'out_of_memory', 'timed_out',
  'too_large', 'too_many_entries', 'too_many_lessons', 'too_much_text', 'unsafe_path', 'unsupported_compression', 'unsupported_format',
] as const;
export type PackageErrorCode = (typeof PACKAGE_ERROR_CODES)[number];

/** What `unsupported_format` may have found (its parameter `found`). */
export const RECOGNIZED_FORMATS = ['7z', 'cmi5', 'gzip', 'h5p', 'moodle-backup', 'oneroster', 'pdf', 'qti', 'rar', 'scorm', 'tincan'] as const;
export type RecognizedFormat = (typeof RECOGNIZED_FORMATS)[number];

/** What a report entry is about. */
export const REPORT_KINDS = [
  'assignment', 'attachment', 'course', 'description', 'discussion', 'file', 'folder', 'heading', 'item', 'leftover', 'lti_link', 'manifest', 'module',
  'outcome', 'page', 'page_content', 'question_bank', 'quiz', 'resource', 'setting', 'settings', 'syllabus', 'web_link',
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** Why a part was kept, changed or dropped; also any error code that concerns one part alone. */
export const REPORT_REASONS = [
  'active_content_removed', 'assignment_from_instructor_text', 'assignment_kept_as_text', 'assignment_without_text', 'broken_reference',
  'discussion_kept_as_text', 'discussion_without_text', 'embed_became_link', 'encoding_damaged', 'fenced_blocks_flattened', 'file_became_lesson',
  'file_kept', 'folder_flattened', 'formatting_removed', 'heading_without_content', 'image_without_alt', 'inline_image_became_file', 'instructor_material',
  'link_kept', 'lti_link_not_supported', 'module_text_dropped', 'not_referenced', 'outcomes_not_supported', 'page_kept', 'page_outside_modules',
  'project_file', 'question_bank_not_supported', 'quiz_not_supported', 'read_as_description', 'read_as_structure', 'remote_media_removed',
  'resource_missing', 'resource_type_not_supported', 'settings_not_supported', 'syllabus_became_description', 'system_leftovers', 'unknown_level',
  'tags_limited', 'unknown_category', 'unknown_price', 'unsafe_link', 'was_unpublished',
  // Error codes that one part alone can have.
  'bad_front_matter', 'bad_xml', 'doctype_forbidden', 'file_missing', 'too_large',
] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

/** The reason with which one part alone is given up; null when the error concerns the whole package. */
export function asReason(code: PackageErrorCode): ReportReason | null {
  return REPORT_REASONS.find((reason) => reason === code) ?? null;
}
