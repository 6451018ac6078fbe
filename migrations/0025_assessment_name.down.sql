update claim set assessment = jsonb_set(assessment, '{explanation,Lines}', (
	select jsonb_agg(line - 'Name' order by place)
	from jsonb_array_elements(assessment #> '{explanation,Lines}') with ordinality as said (line, place)))
where jsonb_typeof(assessment #> '{explanation,Lines}') = 'array'
	and jsonb_array_length(assessment #> '{explanation,Lines}') > 0;
