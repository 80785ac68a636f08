-- A thread is between two.
select t.id from messaging.thread t where (select count(*) from messaging.participant p where p.thread_id = t.id) <> 2
