/** Why a member may not enrol by themselves; null: they may. */
export function enrollmentRefusal(course: { status: string; priceAmount: number | null }, selfEnrollment: boolean): 'course_closed' | 'course_not_free' | 'self_enrollment_off' | null {
  if (course.status !== 'published') return 'course_closed';
  if (!selfEnrollment) return 'self_enrollment_off';
  return course.priceAmount === null ? null : 'course_not_free';
}
