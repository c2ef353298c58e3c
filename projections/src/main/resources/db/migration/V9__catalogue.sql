-- What administrators say about what a model can do, as it comes in the events.
alter table readmodel.model add column catalog jsonb;
