-- What administrators say about what a model can do, as it comes in the events.
alter table readmodel.model add column catalog jsonb;

-- A row for each version of a model's prices, never taken away. created_at: when it was recorded.
create table readmodel.price_version (
    id              text        primary key,
    book_id         text        not null,
    book_version    bigint      not null,
    model_id        text        not null,
    model_name      text        not null,
    number          int         not null,
    effective_from  timestamptz not null,
    effective_until timestamptz,
    rates           jsonb       not null,
    corrects        int,
    corrected_by    int,
    created_at      timestamptz not null,
    unique (book_id, number)
);
create index price_version_newest on readmodel.price_version (created_at desc, id desc);
create index price_version_model on readmodel.price_version (model_id, created_at desc, id desc);

create table readmodel.platform_settings (
    id         text        primary key,
    version    bigint      not null,
    details    jsonb       not null,
    updated_at timestamptz not null
);
