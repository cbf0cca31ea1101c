-- An order keeps its promise when no parcel breaks it; what is not due yet by as_of is not counted.
with promised as (
    select
        order_id,
        bool_and(
            case
                when delivered_at is null then promised_delivery_date >= :as_of
                else cast(delivered_at as date) <= promised_delivery_date
            end
            and coalesce(is_in_full, true)
        ) as is_kept
    from fact_shipment
    where promised_delivery_date >= :start and promised_delivery_date < :end
      and promised_delivery_date <= :as_of
    group by order_id
)
select 100.0 * count_if(is_kept) / nullif(count(*), 0) as value
from promised
