export { type HolidayOptions, holidayCalendar } from './holiday-calendar.ts';
