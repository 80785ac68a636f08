-- Where two members become one, what one of them wrote is the other's, and a report that both made stays once.
grant update (author_id) on messaging.message to milpa_app;
grant delete on messaging.report to milpa_app;
