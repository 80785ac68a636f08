-- Where two members become one, a report that both made stays once.
grant delete on learning.review_report to milpa_app;
