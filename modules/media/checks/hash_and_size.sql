-- The same bytes have the same size.
select sha256 from media.file group by sha256 having count(distinct size) > 1
