-- Mail that has left is thrown away after a while.
grant delete on kernel_control.mail to milpa_control;
