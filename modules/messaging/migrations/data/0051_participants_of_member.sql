-- Who leaves, takes their data along, or becomes one with another member: their conversations are found without reading everybody's.
create index participant_of_member on messaging.participant (tenant_id, member_id);
