-- What learners think of a course, told by the module that keeps their reviews.
alter table catalog.course
  add column rating_count int not null default 0 check (rating_count >= 0),
  add column rating_average numeric(3, 2) check (rating_average between 1 and 5),
  add constraint course_rating_check check ((rating_count = 0) = (rating_average is null));
